"""Memory that was freed goes back to the system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from livefollow.score import freed_memory
from livefollow.score.freed_memory import give_back

SMALL = 100_000  # bytes: less is kept by the C library when it is freed
COUNT = 500


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1])


@pytest.mark.skipif(not freed_memory._trim(), reason="the C library has no malloc_trim")
def test_what_was_freed_goes_back() -> None:
    """The last block stays, so that what lies before it is no end that is given back by itself."""
    blocks = [bytearray(b"x" * SMALL) for _ in range(COUNT)]
    last = blocks.pop()
    del blocks
    before = resident()
    give_back()
    assert (before - resident()) * 4096 > SMALL * COUNT / 2
    assert len(last) == SMALL


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    freed_memory._trim.cache_clear()
    try:
        give_back()
        assert freed_memory._trim() is None
    finally:
        freed_memory._trim.cache_clear()
