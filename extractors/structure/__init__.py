"""Documents to an Outline: numbering, heading tree, contents pages, passages; pure functions without vocabulary."""
