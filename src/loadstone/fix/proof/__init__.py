"""The proof that a change keeps what a program means: names and origins, effects and their order, loops of imports."""
