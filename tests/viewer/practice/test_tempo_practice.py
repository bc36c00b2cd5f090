"""The ladder goes up after a pass without a stop, the metronome counts in, the tempo stands beside the written one."""

from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from livefollow.audio.metronome import LEAD_S, Metronome
from livefollow.follow.position import State
from livefollow.viewer.practice.beat_light import BeatLight
from livefollow.viewer.practice.tempo_practice import TempoPractice
from tests.viewer.player import Player

FPS = 20


class Clock:
    def __init__(self) -> None:
        self.now = 10.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(player: Player, clock: Clock) -> Iterator[tuple[Player, TempoPractice]]:
    """A player on the demo, with a metronome whose sound nobody hears."""
    player.window.add_practice()
    tempo = player.window.tempo
    tempo._make = lambda sound: Metronome(sound=False, clock=clock)
    yield player, tempo
    tempo.stop()


def play(player: Player, start: float, end: float, seconds: float, state: State = State.FOLLOWING) -> None:
    """Play frame by frame, as it is in time."""
    n = round(seconds * FPS)
    for k in range(n):
        at = start + (end - start) * (k + 1) / n
        player.play(at, at, 1 / FPS, state)


def loop(player: Player) -> tuple[float, float]:
    """Set a loop of two bars, and return its ends."""
    window = player.window
    first, end = 750.0, 1250.0
    play(player, first - 100, first, 2)
    window.menus.actions["loop_start"].trigger()
    play(player, first, end, 6)
    window.menus.actions["loop_end"].trigger()
    return window.report.loop() or (0, 0)


def test_a_pass_without_a_stop_goes_up_the_ladder(desk: tuple[Player, TempoPractice]) -> None:
    player, tempo = desk
    start, end = loop(player)
    page = tempo.show_page()
    assert page
    page.first.setValue(60)
    page.last.setValue(72)
    page.rungs.setValue(6)
    page.volume.setValue(30)
    page.climbs.setChecked(True)
    assert tempo.note() == "1 of 6 at 60"
    said: list[str] = []
    player.window.turner.said.connect(said.append)
    play(player, start, end, 6)
    assert tempo.note() == "2 of 6 at 62"
    assert said == [], "nothing lies over the music while one plays"
    assert player.window.score_marks.marks[0].label.endswith(" · 2 of 6 at 62")
    play(player, start, start + 200, 2)
    play(player, start + 200, start + 200, 4, State.HOLDING)
    play(player, start + 200, end, 3)
    assert tempo.note() == "2 of 6 at 62", "the player has stopped"
    play(player, start, end, 6)
    assert tempo.note() == "3 of 6 at 65"
    play(player, start, start + 300, 3)
    player.window.menus.actions["loop_end"].trigger()
    assert tempo.note() == "1 of 6 at 60", "another loop begins at the bottom"
    player.window.menus.actions["unloop"].trigger()
    assert tempo.note() == ""
    page.close()
    again = tempo.show_page()
    assert again
    assert (again.volume.value(), again.last.value()) == (30, 72)
    assert player.window.preferences.values.metronome_volume == 0.3


def test_the_metronome_counts_a_bar_in_before_each_pass(desk: tuple[Player, TempoPractice], clock: Clock) -> None:
    player, tempo = desk
    start, end = loop(player)
    player.window.menus.actions["metronome"].setChecked(True)
    assert not player.window.menus.actions["metronome"].isChecked(), "no tempo is known"
    page = tempo.page
    assert page
    page.tempo.setValue(60)
    page.beats.setValue(3)
    page.sound.setCurrentIndex(page.sound.findData(False))
    page.when.setCurrentIndex(page.when.findData("before"))
    player.window.menus.actions["metronome"].setChecked(True)
    metronome = tempo.metronome
    assert metronome
    seen = []
    for _ in range(40):
        clock.now += metronome.beat_s / 4
        tempo.light.look()
        seen.append(tempo.light.shown)
    assert sorted({number for number in seen if number is not None}) == [0, 1, 2]
    assert tempo.light.isHidden(), "three beats before, and none while one plays"
    play(player, start, end, 6)
    assert metronome.beat == pytest.approx(-LEAD_S / metronome.beat_s), "the next pass is counted in"
    player.window.menus.actions["metronome"].setChecked(False)
    assert tempo.light.isHidden()


def test_the_tempo_is_shown_once_a_bar_beside_the_written(desk: tuple[Player, TempoPractice]) -> None:
    player, tempo = desk
    score = player.window.open_score.score
    assert score
    score.tempi = [(0.0, 92.0), (4000.0, 60.0)]
    player.window.menus.actions["show_tempo"].setChecked(True)
    shown = []
    for k in range(40):  # five notes of a quarter each a bar: 250 strip px, at 90 a minute
        x = 500.0 + 12.5 * k
        player.play(x, x + 12.5, 12.5 / 50 * 60 / 90 + 0.001)
        shown.append(tempo.shown.text())
    assert shown[0].startswith("♩ = –")
    assert shown[-1].endswith(" (92)")
    assert len(set(shown)) <= 4, "it changes at the bars alone"
    assert tempo.written == 92
    memory = player.window.open_score.memory
    assert memory
    memory.change(tempo=80.0)
    assert tempo.written == 80, "the player's own number counts"


def test_the_light_is_on_for_a_part_of_each_beat(qtbot: QtBot) -> None:
    pages = QWidget()
    qtbot.addWidget(pages)
    pages.resize(300, 300)
    pages.show()
    light, at = BeatLight(pages), [-0.5]
    light.begin(lambda: at[0], 3, 3)
    for beat, shown in ((-0.5, None), (0.1, 0), (0.9, 0), (3.1, 3), (3.9, None)):
        at[0] = beat
        light.look()
        assert light.shown == shown
    assert pages.rect().contains(light.geometry())
    light.end()
    assert light.isHidden()
