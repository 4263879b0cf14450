"""Frozen types that every room speaks: no input or output, no clock, no knowledge of counties or file formats."""
