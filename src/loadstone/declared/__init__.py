"""Spaces declared in a pyproject.toml: reading them, installing what they require, opening them."""
