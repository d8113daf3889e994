"""Executes the acts of one module over a namespace of events: what is bound last, and what each binding hid.

Nothing of the program runs. Where a fork can be decided exactly (see `verdicts`, and imports that cannot succeed) only
the arm that Python takes is executed; otherwise every arm is, and the names they leave differently keep the others as
alternatives.
"""
