"""The meter follows the level, and its lamps say what a player must know."""

import pytest
from pytestqt.qtbot import QtBot

from livefollow.audio.intake import MeterReading
from livefollow.audio.source import SourceState, SourceStatus
from livefollow.viewer.sound.level_meter import CLIP_S, QUIET_S, SEGMENTS, STALE_S, LevelMeter
from tests.audio.fake_portaudio import FakeClock


def status(peak: float, clipped: int = 0, state: SourceState = SourceState.RUNNING) -> SourceStatus:
    return SourceStatus(state, "mic", 44_100, 1, MeterReading(peak, peak / 3, clipped), 0)


def test_the_level_is_shown_in_decibels(qtbot: QtBot) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    lit = []
    for peak in (0.0, 0.001, 0.01, 0.1, 1.0, 3.0):
        meter.show_status(status(peak))
        lit.append(meter.segments)
    assert lit == [0, 0, 7, 14, SEGMENTS, SEGMENTS]
    meter.show_status(None)
    assert meter.segments == 0
    meter.show_status(status(1.0, state=SourceState.ENDED))  # a recording that is over is heard no more
    assert meter.segments == 0


def test_clipping_is_seen_for_a_while(qtbot: QtBot) -> None:
    clock = FakeClock()
    meter = LevelMeter(clock=clock)
    qtbot.addWidget(meter)
    meter.show_status(status(1.0, clipped=3))
    assert meter.clips
    assert "turn the input down" in meter.toolTip()
    clock.now = CLIP_S
    meter.show_status(status(0.5, clipped=3))
    assert not meter.clips
    assert "turn" not in meter.toolTip()
    meter.show_status(status(0.5))  # another source
    meter.show_status(status(1.0, clipped=1))
    assert meter.clips


def test_silence_is_seen_after_a_while_and_a_dead_microphone_at_once(qtbot: QtBot) -> None:
    clock = FakeClock()
    meter = LevelMeter(clock=clock)
    qtbot.addWidget(meter)
    meter.show_status(status(0.2))
    clock.now += QUIET_S - 0.1
    meter.show_status(status(0.0005))
    assert not meter.silent
    clock.now += 0.2
    meter.show_status(status(0.0005))
    assert meter.silent
    assert "Nothing is heard" in meter.accessibleDescription()
    meter.show_status(status(0.2))
    assert not meter.silent
    meter.show_status(status(0.2, state=SourceState.LOST))
    assert meter.silent
    meter.show_status(None)
    assert not meter.silent


def test_it_is_painted_only_when_something_changes(qtbot: QtBot) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.show()
    qtbot.waitExposed(meter)
    before = meter.grab().toImage()
    meter.show_status(status(1.0, clipped=1))
    assert meter.grab().toImage() != before


@pytest.mark.parametrize("state", [SourceState.ENDED, SourceState.LOST, SourceState.CLOSED, SourceState.SILENT])
def test_it_falls_when_the_sound_ends(qtbot: QtBot, state: SourceState) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.show_status(status(0.5))
    assert meter.segments > 0
    meter.show_status(status(0.5, state=state))
    assert meter.segments == 0


def test_it_falls_when_a_recording_stands_still(qtbot: QtBot) -> None:
    clock = FakeClock()
    meter = LevelMeter(clock=clock)
    qtbot.addWidget(meter)
    meter.show_status(status(0.5))
    clock.now += STALE_S / 2
    meter.show_status(status(0.5))
    assert meter.segments > 0
    clock.now += STALE_S
    meter.show_status(status(0.5))
    assert meter.segments == 0
    meter.show_status(status(0.6))
    assert meter.segments > 0
