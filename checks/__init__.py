"""A Proposal and a Profile to findings; knows rules, knows no file format and no county by name."""
