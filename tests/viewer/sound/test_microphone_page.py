"""The page of the microphones: meters that move, one hint at a time, and what is chosen."""

import contextlib
from collections.abc import Callable, Iterator

import pytest
from PyQt6 import sip
from pytestqt.qtbot import QtBot

from livefollow.audio.intake import MeterReading
from livefollow.audio.levels import InputLevel
from livefollow.audio.source import SourceState, SourceStatus
from livefollow.errors import DeviceError
from livefollow.viewer.sound.microphone_page import LOWEST_DB, MicrophonePage


class FakeWatch:
    """Tells what a test says."""

    made: list["FakeWatch"] = []  # noqa: RUF012  # of one test

    def __init__(self, told: Callable[[list[InputLevel]], object], failed: Callable[[DeviceError], object]) -> None:
        self.told, self.failed, self.stopped = told, failed, False
        self.made.append(self)

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[MicrophonePage]:
    FakeWatch.made.clear()
    page = MicrophonePage("", watch=FakeWatch)  # type: ignore[arg-type]
    page.show()
    yield page
    with contextlib.suppress(RuntimeError):  # it was closed
        page.close()


def tell(usb: float | None, built_in: float | None) -> None:
    FakeWatch.made[-1].told([InputLevel("USB (hw:1,0)", False, usb), InputLevel("Built-in", True, built_in)])


def values(page: MicrophonePage) -> dict[str, int]:
    return {name: meter.value() for name, (_, meter) in page._rows.items()}


def test_meters_move_and_a_hint_says_what_is_next(page: MicrophonePage) -> None:
    assert "Looking" in page.hint.text()
    tell(0.0, 0.0)
    assert values(page) == {"": LOWEST_DB, "USB": LOWEST_DB, "Built-in": LOWEST_DB}
    assert "Play some notes" in page.hint.text()
    tell(0.1, 0.0)
    assert values(page)["USB"] == -20
    assert page.hint.text() == "USB hears you: choose it."
    tell(0.0, 0.0)
    assert LOWEST_DB < values(page)["USB"] < -20  # falls slowly enough to be seen
    chosen: list[str] = []
    page.chosen.connect(chosen.append)
    page._rows["USB"][0].click()
    assert chosen == ["USB"]
    tell(0.1, 0.0)
    assert "hears you. You can" in page.hint.text()
    tell(1.0, 0.0)
    assert "too loud" in page.hint.text()


def test_the_default_moves_with_the_input_that_it_is(page: MicrophonePage) -> None:
    tell(0.0, 0.1)
    assert values(page)[""] == values(page)["Built-in"] == -20
    assert "hears you. You can" in page.hint.text()


def test_the_input_that_is_listened_to_shows_what_the_window_hears(page: MicrophonePage) -> None:
    status = SourceStatus(SourceState.RUNNING, "USB (hw:1,0)", 48000, 1, MeterReading(0.1, 0.05, 0), 0)
    page.hear(status)  # nothing is listed yet
    tell(None, 0.0)
    page.hear(status)
    assert values(page)["USB"] == -20
    tell(None, None)
    assert page._rows["USB"][1].format() == ""
    assert "in use" in page._rows["Built-in"][1].format()


def test_looking_again_and_no_microphone(qtbot: QtBot, page: MicrophonePage) -> None:
    FakeWatch.made[-1].told([])
    assert "no microphone" in page.hint.text()
    page._look()
    assert [watch.stopped for watch in FakeWatch.made] == [True, False]
    tell(0.0, 0.0)
    assert set(values(page)) == {"", "USB", "Built-in"}
    FakeWatch.made[-1].failed(DeviceError("PortAudio does not start: {reason}", reason="broken"))
    assert "broken" in page.hint.text()
    page.close()
    assert all(watch.stopped for watch in FakeWatch.made)
    qtbot.waitUntil(lambda: sip.isdeleted(page))
    tell(0.0, 0.0)  # by a thread that has not noticed
    FakeWatch.made[-1].failed(DeviceError("ended"))
