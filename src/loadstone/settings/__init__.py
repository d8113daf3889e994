"""Reading a table of a TOML file: all that is wrong with it at once, each problem with its line."""
