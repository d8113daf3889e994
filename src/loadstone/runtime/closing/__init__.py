"""Closing a space: its exit handlers run, the host lets go of it, and what is still held is named."""
