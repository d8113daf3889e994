"""Running modules: spaces, the import algorithm, and what is known of a live namespace."""
