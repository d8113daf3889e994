"""Predicted names and origins held against the running program, part by part."""
