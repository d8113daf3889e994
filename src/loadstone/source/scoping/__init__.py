"""The scopes of one file: which function or class each name in it belongs to."""
