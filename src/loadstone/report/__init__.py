"""What the commands print: each answer as text for people, and as data for programs."""
