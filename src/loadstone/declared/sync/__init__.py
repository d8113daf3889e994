"""Installing what declared spaces require: uv resolves and installs, beside what is there, which then gives way."""
