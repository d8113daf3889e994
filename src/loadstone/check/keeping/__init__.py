"""What a check leaves for the next one, and what an edit makes of it."""
