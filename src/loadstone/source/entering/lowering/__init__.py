"""From a syntax tree to the small program that `machine` goes through."""
