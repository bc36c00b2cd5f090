"""Metronome, tempo ladder and live tempo. One per window; window thread only.

Nothing changes on the pages while one plays but the metronome's light, where it is wanted: the ladder is judged when a
loop goes back to its start.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QLabel, QWidget

from livefollow.audio.metronome import FOREVER, Metronome
from livefollow.follow.position import Position, State
from livefollow.practice.bar_map import BarMap
from livefollow.practice.ladder import Ladder, was_fluent
from livefollow.practice.live_tempo import LiveTempo
from livefollow.practice.passes import SURE, Frames
from livefollow.viewer.following import Following
from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.practice.beat_light import BeatLight
from livefollow.viewer.practice.loop import SLACK_PX, Loop
from livefollow.viewer.practice.looping import Looping
from livefollow.viewer.practice.tempo_page import TempoPage
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.status_bar import WANTED, StatusBar

USUAL_BEATS = 4  # in a bar of which nothing is known
UNKNOWN = "–"

MakeMetronome = Callable[[bool], Metronome]


def _metronome(sound: bool) -> Metronome:
    return Metronome(sound=sound)


class TempoPractice(QObject):
    """The entries Metronome, Tempo and Ladder, and Show the Tempo of the Practice menu.

    Attributes:
        said: a sentence for the player.
        light: shows the beats.
        shown: the tempo, in the status bar.
        page: the page of settings; None while it is closed.
        rung: of the ladder, from 1.
        metronome: that runs; None while it is off.
    """

    said = pyqtSignal(object)

    def __init__(
        self,
        window: QWidget,
        pages: QWidget,
        menus: Menus,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
        bar: StatusBar,
        following: Following,
        bar_numbers: BarNumbers,
        looping: Looping,
        make_metronome: MakeMetronome = _metronome,
    ) -> None:
        """Add the actions to the Practice menu.

        Args:
            window: parent of the page.
            pages: get the light.
            menus: of the window.
            preferences: of the metronome.
            open_score: of the window.
            bar: gets the tempo.
            following: gives the positions.
            bar_numbers: know the bars.
            looping: its passes are judged, and its label says the rung.
            make_metronome: makes one, with or without sound.
        """
        super().__init__(window)
        self._window, self._menus, self._preferences, self._open = window, menus, preferences, open_score
        self._bar_numbers, self._looping, self._make = bar_numbers, looping, make_metronome
        self.metronome: Metronome | None = None
        self.page: TempoPage | None = None
        self.rung = 1
        self._loop: Loop | None = None  # whose passes are counted
        self._played: list[Position] = []  # of the present pass, from its first notes on
        self._live, self._bar_x = LiveTempo(), math.nan
        self._map: BarMap | None = None
        self._mapped = False
        self.light = BeatLight(pages)
        self.shown = QLabel()
        self.shown.setAccessibleName(self.tr("Tempo"))
        self.shown.setToolTip(self.tr("Your tempo, and in brackets the one to be played"))
        self.shown.hide()
        bar.add_widget(self.shown, WANTED)
        add, values = menus.add, preferences.values
        self._on = add(
            "practice", "metronome", self.tr("&Metronome"), self._switch, "Ctrl+M", checkable=True, with_score=True
        )
        add("practice", "tempo", self.tr("Tempo an&d Ladder …"), self.show_page, "Ctrl+T", with_score=True)
        show = add("practice", "show_tempo", self.tr("Sho&w the Tempo"), self._show_tempo, checkable=True)
        show.setChecked(values.tempo_shown)
        looping.note = self.note
        looping.returning.connect(self._begin_pass)
        looping.ended.connect(self._leave_loop)
        following.positioned.connect(self._take)
        bar_numbers.changed.connect(self._forget_map)
        open_score.opened.connect(self._open_anew)
        open_score.closing.connect(self._let_go)

    # --- what is known of the score ---

    @property
    def bars(self) -> BarMap | None:
        """The bars with their lengths, as far as the score is read."""
        if not self._mapped:
            self._map, self._mapped = self._bar_numbers.mapped(), True
        return self._map

    def printed(self, x: float | None = None) -> float | None:
        """Return the metronome mark that holds at a strip px, quarter notes a minute; by default where one is."""
        score = self._open.score
        if score is None or not score.tempi:
            return None
        x = self._here_x() if x is None else x
        before = [tempo for at, tempo in score.tempi if at <= x + SLACK_PX]
        return before[-1] if before else None

    @property
    def written(self) -> float | None:
        """Tempo of the piece where the player is: their own number, else what is printed; None if unknown."""
        memory = self._open.memory
        return (memory.values.tempo if memory else 0.0) or self.printed()

    @property
    def ladder(self) -> Ladder | None:
        """The ladder that the loop climbs; None without a loop, or if it climbs none."""
        memory = self._open.memory
        return memory.values.ladder if memory and memory.values.climbs and self._looping.loop else None

    @property
    def tempo(self) -> float | None:
        """Tempo to be played now: the rung's, else the written one."""
        return self.ladder.tempo(self.rung) if self.ladder else self.written

    def note(self) -> str:
        """Return the rung and its tempo, for the label of the loop."""
        ladder = self.ladder
        if ladder is None:
            return ""
        return self.tr("{} of {} at {}").format(self.rung, ladder.rungs, ladder.tempo(self.rung))

    def show_page(self) -> TempoPage | None:
        """Show the page of tempo, metronome and ladder."""
        memory = self._open.memory
        if memory is None:
            return None
        if self.page is None:
            self.page = TempoPage(self._preferences, memory, self.printed(), self._window)
            self.page.changed.connect(self._apply)
            self.page.finished.connect(self._close_page)
        self.page.show()
        self.page.raise_()
        return self.page

    def stop(self) -> None:
        """Switch the metronome off; harmless if it is off."""
        self._on.setChecked(False)

    # --- the loop ---

    def _begin_pass(self) -> None:
        """Judge the pass that is over, and count in the next."""
        loop, ladder, bars = self._looping.loop, self.ladder, self.bars
        if loop != self._loop:
            self._loop, self.rung = loop, 1
        elif loop and ladder and bars:
            self.rung = ladder.after(self.rung, was_fluent(_frames(self._played), bars, loop.end_x - SLACK_PX))
        self._played = []
        self._count_in()

    def _leave_loop(self) -> None:
        self._played, self._loop, self.rung = [], None, 1
        if self.metronome:
            self._count_in()

    def _collect(self, position: Position) -> None:
        """Keep the positions of a pass, from the first notes in the first half of the loop on."""
        loop = self._looping.loop
        if loop is None or not self._looping.on:
            return
        begins = position.state is State.FOLLOWING and position.strip_x < (loop.start_x + loop.end_x) / 2
        if self._played or (begins and position.strip_x >= loop.start_x - SLACK_PX):
            self._played.append(position)

    # --- the metronome ---

    def _switch(self, on: bool) -> None:
        if not on:
            if self.metronome:
                self.metronome.stop()
            self.metronome = None
            self.light.end()
        elif self.tempo is None:
            self._on.setChecked(False)
            self.said.emit(self.tr("No tempo is known: give one."))
            self.show_page()
        else:
            self._count_in()

    def _count_in(self) -> None:
        """Begin to beat with the first beat of a bar, if the metronome is on."""
        tempo = self.tempo
        if not self._on.isChecked() or tempo is None:
            return
        values = self._preferences.values
        if self.metronome is None:
            self.metronome = self._make(values.metronome_sound)
        beats, beat_s = self._beats(tempo)
        when = values.metronome_when if self._looping.loop else "through"
        self.metronome.volume = values.metronome_volume
        self.metronome.restart(beat_s, beats, beats if when == "before" else FOREVER)
        self.light.begin(self._beat, beats, 0 if when == "through" else beats)

    def _beats(self, tempo: float) -> tuple[int, float]:
        """Return how often the metronome beats in a bar, and the seconds from beat to beat."""
        bars, loop, memory = self.bars, self._looping.loop, self._open.memory
        quarters = float(USUAL_BEATS)
        if bars:
            quarters = float(bars.beats[int(bars.at(loop.start_x if loop else self._here_x()))])
        whole = max(1, round(quarters))
        beats = (memory.values.beats if memory else 0) or whole
        return beats, 60.0 / tempo * whole / beats

    def _beat(self) -> float | None:
        metronome = self.metronome
        if metronome and metronome.trouble:
            self.said.emit(metronome.trouble)
            metronome.trouble = type(metronome.trouble)()
        return metronome.beat if metronome else None

    def _apply(self) -> None:
        """Take over what was changed on the page."""
        memory = self._open.memory
        ladder = memory.values.ladder if memory else None
        self.rung = min(self.rung, ladder.rungs) if ladder else 1
        self._looping.refresh()
        self._tell()
        if self._on.isChecked():
            self._switch(False)
            self._count_in()

    def _close_page(self) -> None:
        self.page = None

    # --- positions ---

    def _take(self, position: Position) -> None:
        self._collect(position)
        bars = self.bars
        if not self._preferences.values.tempo_shown or bars is None:
            return
        if position.state is not State.FOLLOWING or position.confidence < SURE:
            self._live.forget()
            return
        self._live.take(position.time_s, float(bars.beat(position.strip_x)))
        bar_x = float(bars.starts[int(bars.at(position.strip_x))])
        if bar_x != self._bar_x:  # once a bar
            self._bar_x = bar_x
            self._tell()

    def _tell(self) -> None:
        """Show the tempo beside what it should be."""
        now, wanted = self._live.tempo, self.tempo
        heard = str(round(now)) if now else UNKNOWN
        text = self.tr("♩ = {} ({})").format(heard, round(wanted)) if wanted else self.tr("♩ = {}").format(heard)
        self.shown.setText(text)
        self.shown.setAccessibleDescription(text)

    def _show_tempo(self, on: bool) -> None:
        self._preferences.change(tempo_shown=on)
        self._refresh()

    def _refresh(self) -> None:
        self._live.forget()
        self._tell()
        self.shown.setVisible(self._preferences.values.tempo_shown and self._open.score is not None)

    # --- the score ---

    def _here_x(self) -> float:
        loop = self._looping.loop
        place = self._looping.here_x()
        return loop.start_x if loop else place if place is not None else 0.0

    def _forget_map(self) -> None:
        self._mapped = False

    def _open_anew(self) -> None:
        self._forget_map()
        self._refresh()

    def _let_go(self) -> None:
        self.stop()
        if self.page:
            self.page.close()
        self._played, self.rung = [], 1
        self.shown.hide()


def _frames(positions: list[Position]) -> Frames:
    return Frames(
        np.array([position.time_s for position in positions]),
        np.array([position.strip_x for position in positions]),
        np.array([position.confidence for position in positions]),
        np.array([str(position.state) for position in positions]),
    )
