"""Entering a module in thought: the order of execution as Python has it, and where a loop of imports stops it.

`lowering` turns a file into a small program of tuples, `machine` goes through it, `repairs` says how to break a loop.
"""
