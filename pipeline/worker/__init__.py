"""One killable process for each submission: limits, framing over a pipe, a warm pool. No judging, no Prefect."""
