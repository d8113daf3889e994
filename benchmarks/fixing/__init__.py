"""Small programs that each hold one trap for tools that change imports, and the tools."""
