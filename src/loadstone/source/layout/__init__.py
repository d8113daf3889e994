"""How a project lies on disk: its folders, its source roots, its settings, and the environment it runs in."""
