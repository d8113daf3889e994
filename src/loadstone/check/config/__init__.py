"""What ``[tool.loadstone.check]`` and the command line ask of a check."""
