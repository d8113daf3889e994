"""Reading modules without running them: what each binds, imports and reads, and what follows for a project."""
