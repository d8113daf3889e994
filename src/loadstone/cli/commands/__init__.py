"""One file for each command, with USAGE, SUMMARY and HELP, `arguments` and `main`."""
