"""Bytes to Document, one module a format; third-party exceptions end here, every loss becomes a warning."""
