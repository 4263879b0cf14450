"""Reading the money of a submission: totals, estimate tables, sources, years, operating cost. No arithmetic is judged."""
