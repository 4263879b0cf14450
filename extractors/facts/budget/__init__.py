"""The money of a submission as read: totals, estimate tables, sources, years, operating cost. Judges nothing."""
