"""Errors are their English sentence, and keep what it was made of."""

import copy
import pickle

import pytest

from livefollow.errors import LivefollowError, Message, ScoreError


def test_an_error_says_its_sentence() -> None:
    error = ScoreError("{name} has more than {count} pages.", name="a {b}.pdf", count=200)
    assert str(error) == error.message == "a {b}.pdf has more than 200 pages."
    assert error.message.template == "{name} has more than {count} pages."
    assert error.message.values == {"name": "a {b}.pdf", "count": "200"}


def test_text_without_values_may_have_braces() -> None:
    assert str(LivefollowError("a{b.pdf is odd")) == "a{b.pdf is odd"


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_errors_come_through_processes_whole(copied) -> None:  # type: ignore[no-untyped-def]
    error = copied(ScoreError("{name} is {x}.", in_window="{name}!", name="a {b}.pdf", x=Message("odd {n}", n=1)))
    assert isinstance(error, ScoreError)
    assert str(error) == "a {b}.pdf is odd 1."
    assert error.message.template == "{name} is {x}."
    assert error.message.in_window == "{name}!"
    assert error.message.values["x"].values == {"n": "1"}
