"""Arithmetic checks of the budget: every sum, product and restatement held against the others. Knows no file format."""
