"""`python -m pipeline`: the same as `fangan`."""

from __future__ import annotations

import sys

from pipeline.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
