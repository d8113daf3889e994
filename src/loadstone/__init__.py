"""A module system for Python: clear names, and several worlds of modules in one process."""
