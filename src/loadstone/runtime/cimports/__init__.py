"""Imports that C code makes: pickle's, strptime's, those of extension modules."""
