"""From the statements of a module to its acts: one visit for each kind of statement, in the order of the text."""
