"""The zip guard believes no header, and one bad member costs only itself."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Any

import pytest

from extractors.readers.archive import open_container
from extractors.readers.limits import Limits
from pipeline.errors import UnreadableError

LIMITS = Limits()


def deflated(data: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush()


def code_of(action: Any) -> str:
    with pytest.raises(UnreadableError) as caught:
        action()
    assert caught.value.message
    return caught.value.code


def test_a_member_comes_out_as_it_went_in(build: Any) -> None:
    container = open_container(build["zip"]({"a/b.txt": b"x" * 5000, "c": b""}), LIMITS)
    assert [(m.name, container.read(m)) for m in container.members] == [("a/b.txt", b"x" * 5000), ("c", b"")]


def test_names_are_found_without_regard_to_case_or_leading_slash(build: Any) -> None:
    container = open_container(build["zip"]({"Word/Document.xml": b"1"}), LIMITS)
    found = container.find("/word/document.XML")
    assert found is not None and container.read(found) == b"1"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"crc": 1}, "damaged-zip"),
        ({"flags": 1}, "encrypted"),
        ({"flags": 0x41}, "encrypted"),
        ({"method": 9}, "unsupported-compression"),
        ({"local": b"b.txt"}, "damaged-zip"),
        ({"at": 4_000_000}, "damaged-zip"),
        ({"method": 8}, "damaged-zip"),
        ({"packed": 4_000_000}, "damaged-zip"),
        ({"size": 6}, "damaged-zip"),
        ({"size": 2**31}, "expansion-limit"),
    ],
)
def test_a_lie_about_a_member_is_found_and_the_other_member_is_read(build: Any, change: Any, code: str) -> None:
    bad = {"name": b"a.txt", "data": b"hello", **change}
    container = open_container(build["raw_zip"]([{"name": b"good.txt", "data": b"good"}, bad]), LIMITS)
    good, broken = container.members
    assert code_of(lambda: container.read(broken)) == code
    assert container.read(good) == b"good"


def test_more_bytes_than_stated_are_never_inflated(build: Any) -> None:
    packed = deflated(bytes(10_000_000))
    member = {"name": b"a", "data": bytes(1000), "packed_data": packed, "method": 8, "size": 1000}
    container = open_container(build["raw_zip"]([member]), LIMITS)
    assert code_of(lambda: container.read(container.members[0])) == "damaged-zip"


def test_all_members_together_stay_within_the_bound(build: Any) -> None:
    container = open_container(build["zip"]({"a": b"1" * 600, "b": b"2" * 600}), LIMITS, total=1000)
    first, second = container.members
    assert container.read(first) == b"1" * 600
    assert code_of(lambda: container.read(second)) == "expansion-limit"


def test_a_part_that_inflates_a_thousandfold_is_refused(build: Any) -> None:
    container = open_container(build["zip"]({"a": bytes(20 * 2**20)}), LIMITS)
    assert code_of(lambda: container.read(container.members[0])) == "expansion-limit"


def test_entries_that_share_their_bytes_are_refused(build: Any) -> None:
    data = build["raw_zip"]([{"name": b"a", "data": b"x" * 100}, {"name": b"a", "data": b"x" * 100, "at": 0}])
    assert code_of(lambda: open_container(data, LIMITS)) == "expansion-limit"


def test_too_many_members_are_refused(build: Any) -> None:
    data = build["zip"]({str(n): b"" for n in range(4)})
    assert len(open_container(data, replace(LIMITS, members=4)).members) == 4
    assert code_of(lambda: open_container(data, replace(LIMITS, members=3))) == "entry-limit"


@pytest.mark.parametrize("cut", [1, 10, 30, 60])
def test_a_zip_that_was_cut_off_is_damaged(build: Any, cut: int) -> None:
    data = build["zip"]({"a": b"hello" * 40})
    assert code_of(lambda: open_container(data[:-cut], LIMITS)) == "damaged-zip"


def test_bytes_before_the_zip_do_not_matter(build: Any) -> None:
    container = open_container(b"junk" * 9 + build["zip"]({"a": b"hello"}), LIMITS)
    assert container.read(container.members[0]) == b"hello"
