from __future__ import annotations

import shutil
from pathlib import Path

from checks.loader import county_ids
from checks.rulepack import rules_hash


def test_every_county_has_a_hash_of_its_own() -> None:
    hashes = [rules_hash(county) for county in county_ids()]
    assert len(set(hashes)) == len(hashes)
    assert all(len(value) == 16 and int(value, 16) >= 0 for value in hashes)


def test_an_unknown_county_has_none() -> None:
    assert rules_hash("atlantis") == rules_hash("") == rules_hash("../sihong") == ""


def test_a_countys_folder_hashes_as_the_shipped_one_until_a_rule_changes(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sihong"
    shutil.copytree(root / "corpora" / "counties" / "sihong", folder)
    (folder / "说明.md").write_text("不计入")
    assert rules_hash(str(folder)) == rules_hash("sihong")
    changed = tmp_path / "changed"
    shutil.copytree(folder, changed)
    rules = changed / "rules" / "security.yaml"
    rules.write_bytes(rules.read_bytes() + b"\n# another\n")
    assert rules_hash(str(changed)) != rules_hash("sihong")
