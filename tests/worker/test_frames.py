from __future__ import annotations

import os
import threading

import pytest

from pipeline.worker import frames
from pipeline.worker.frames import BrokenFrameError, Frame


def exchange(data: bytes) -> tuple[Frame, bytes] | None:
    source, sink = os.pipe()
    os.write(sink, data)
    os.close(sink)
    try:
        return frames.receive(source)
    finally:
        os.close(source)


def test_a_large_frame_comes_back_whole() -> None:
    source, sink = os.pipe()
    payload = os.urandom(3_000_000)
    sender = threading.Thread(target=frames.send, args=(sink, Frame.PART, payload))
    sender.start()
    assert frames.receive(source) == (Frame.PART, payload)
    sender.join()


@pytest.mark.parametrize("data", [b"", b"J\0\0", b"J" + (5).to_bytes(8, "big") + b"abc"])
def test_a_stream_that_ends_early_is_no_frame(data: bytes) -> None:
    assert exchange(data) is None


@pytest.mark.parametrize("head", [b"X" + (1).to_bytes(8, "big"), b"J" + (2**62).to_bytes(8, "big")])
def test_nonsense_is_refused_before_it_is_read(head: bytes) -> None:
    with pytest.raises(BrokenFrameError):
        exchange(head + b"x")
