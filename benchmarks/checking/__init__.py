"""Parts of the benchmark check: the projects, the tools, and what a process costs."""
