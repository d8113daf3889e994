"""Facts that no file on the disk tells: what was renamed, removed or moved, and who distributes what."""
