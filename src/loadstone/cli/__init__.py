"""The command line: which command is asked for, its options, and how it ends."""
