"""Makes the builders beside the tests importable; they are no part of an installed package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
