"""The program's version, in one place: packaging, reports and `--version` read it here."""

from __future__ import annotations

VERSION = "0.1.0"
