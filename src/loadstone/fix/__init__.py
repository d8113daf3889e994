"""Repairs that are proven before they are written, and the same proof for anybody's change."""
