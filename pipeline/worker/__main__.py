"""`python -m pipeline.worker`: a worker on standard input and output; started by `pipeline.worker.guard`."""

from __future__ import annotations

from pipeline.worker.child import main

if __name__ == "__main__":
    main()
