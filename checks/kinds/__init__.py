"""One module is one kind of rule; each module's docstring is its manual page."""
