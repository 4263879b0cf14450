from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "# 一、项目概况\n\n本项目由泗洪县民政局建设，覆盖全县十二个乡镇。\n"


@pytest.mark.slow
def test_a_cluster_gives_the_same_ledger(tmp_path: Path) -> None:
    pytest.importorskip("prefect_dask")
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.md").write_text(TEXT, encoding="utf-8")
    (folder / "c.docx").write_bytes(b"broken")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    command = [sys.executable, "-m", "pipeline", "round", "run", str(folder), "--county", "sihong", "--jobs", "2"]
    done = subprocess.run(
        [*command, "--out", str(out), "--dask", "local"], capture_output=True, text=True, env=clean, check=False
    )
    assert (done.returncode, done.stderr) == (7, "")
    rows = json.loads((out / "ledger.json").read_text())["submissions"]
    assert [(row["name"], row["state"]) for row in rows] == [("a.md", "done"), ("b.md", "done"), ("c.docx", "failed")]
    assert len(list((out / "reports").glob("*.html"))) == 2
