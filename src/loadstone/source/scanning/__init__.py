"""One pass over the expressions and inner scopes of a file: what they read, import, and bind from afar."""
