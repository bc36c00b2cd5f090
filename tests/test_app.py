"""The networks are loaded while the window is made."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from livefollow.app import _loaded_early
from livefollow.errors import ModelError


def test_the_first_agent_is_loaded_before_anybody_asks_and_later_ones_when_they_do() -> None:
    begun, threads = threading.Event(), []

    def load() -> Any:
        threads.append(threading.current_thread())
        begun.set()
        return object()

    make = _loaded_early(load)
    assert begun.wait(5)
    first = make()
    assert threads == [threads[0]]
    assert threads[0] is not threading.current_thread()
    assert make() is not first
    assert threads[1] is threading.current_thread()


def test_what_is_wrong_with_it_is_said_to_the_one_who_asks() -> None:
    def load() -> Any:
        raise ModelError("It is broken.")

    make = _loaded_early(load)
    with pytest.raises(ModelError, match="broken"):
        make()
    with pytest.raises(ModelError, match="broken"):
        make()
