"""The page of tempo, metronome and ladder; changes apply at once. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QWidget,
)

from livefollow.practice.ladder import MOST_RUNGS, Ladder
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.settings.score_memory import FASTEST, MOST_BEATS, SLOWEST, ScoreMemory
from livefollow.viewer.widgets.screen_fit import ScreenFit

PERCENT = 100
DEFAULT_TEMPO, DEFAULT_RUNGS = 72.0, 6
BEGIN_AT = 0.7  # of the written tempo: where a new ladder begins


class TempoPage(QDialog):
    """Shows and changes the settings of one score's tempo and of the metronome.

    Attributes:
        changed: a setting was changed.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        preferences: RecordFile[Preferences],
        memory: RecordFile[ScoreMemory],
        printed: float | None,
        parent: QWidget | None = None,
    ) -> None:
        """Show the present settings.

        Args:
            preferences: of the metronome.
            memory: of the open score: its tempo and ladder.
            printed: tempo that was read where the player is, quarter notes a minute; None if there is none.
            parent: window.
        """
        super().__init__(parent)
        self._preferences, self._memory = preferences, memory
        self.setWindowTitle(self.tr("Tempo and Ladder"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = QFormLayout(self)
        self._tempo_rows(form, printed)
        self._metronome_rows(form)
        self._ladder_rows(form, printed)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        self._enable()
        ScreenFit(self)

    def _tempo_rows(self, form: QFormLayout, printed: float | None) -> None:
        said = self.tr("♩ = {}, as it is printed here").format(round(printed)) if printed else ""
        form.addRow(QLabel(said or self.tr("No metronome mark can be read here: give the tempo yourself.")))
        self.tempo = _spin(0, round(FASTEST), round(self._memory.values.tempo))
        self.tempo.setSpecialValueText(self.tr("as printed") if printed else self.tr("unknown"))
        self.tempo.setAccessibleName(self.tr("Tempo of the piece, quarter notes a minute"))
        self.tempo.valueChanged.connect(self._set_tempo)
        form.addRow(self.tr("&Tempo of the piece (♩):"), self.tempo)

    def _metronome_rows(self, form: QFormLayout) -> None:
        values = self._preferences.values
        self.sound = QComboBox()
        for heard, words in ((True, self.tr("Sound and light")), (False, self.tr("Light only"))):
            self.sound.addItem(words, heard)
        self.sound.setCurrentIndex(self.sound.findData(values.metronome_sound))
        self.sound.currentIndexChanged.connect(lambda: self._set(metronome_sound=self.sound.currentData()))
        self.when = QComboBox()
        for when, words in (
            ("both", self.tr("A bar before, and while you play")),
            ("before", self.tr("Only a bar before")),
            ("through", self.tr("Only while you play")),
        ):
            self.when.addItem(words, when)
        self.when.setCurrentIndex(self.when.findData(values.metronome_when))
        self.when.currentIndexChanged.connect(lambda: self._set(metronome_when=self.when.currentData()))
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, PERCENT)
        self.volume.setValue(round(PERCENT * values.metronome_volume))
        self.volume.valueChanged.connect(lambda percent: self._set(metronome_volume=percent / PERCENT))
        self.beats = _spin(0, MOST_BEATS, self._memory.values.beats)
        self.beats.setSpecialValueText(self.tr("quarter notes"))
        self.beats.valueChanged.connect(self._set_beats)
        for text, widget, name in (
            (self.tr("&Metronome:"), self.sound, self.tr("Metronome")),
            (self.tr("It &beats:"), self.when, self.tr("When it beats")),
            (self.tr("&Volume:"), self.volume, self.tr("Volume, percent")),
            (self.tr("B&eats in a bar:"), self.beats, self.tr("Beats in a bar")),
        ):
            widget.setAccessibleName(name)
            listed = widget.view() if isinstance(widget, QComboBox) else None
            if listed:
                listed.setAccessibleName(name)
            form.addRow(text, widget)

    def _ladder_rows(self, form: QFormLayout, printed: float | None) -> None:
        values = self._memory.values
        top = values.tempo or printed or DEFAULT_TEMPO
        ladder = values.ladder or Ladder(max(SLOWEST, round(BEGIN_AT * top)), top, DEFAULT_RUNGS)
        self.climbs = QCheckBox(self.tr("A loop goes &up after each pass without a stop"))
        self.climbs.setChecked(values.climbs)
        self.climbs.toggled.connect(self._set_ladder)
        form.addRow(self.climbs)
        self.first = _spin(round(SLOWEST), round(FASTEST), round(ladder.first))
        self.last = _spin(round(SLOWEST), round(FASTEST), round(ladder.last))
        self.rungs = _spin(2, MOST_RUNGS, ladder.rungs)
        row = QHBoxLayout()
        for text, spin, name in (
            (self.tr("&from"), self.first, self.tr("First tempo of the ladder")),
            (self.tr("t&o"), self.last, self.tr("Last tempo of the ladder")),
            (self.tr("&in steps:"), self.rungs, self.tr("Tempi of the ladder")),
        ):
            label = QLabel(text)
            label.setBuddy(spin)
            spin.setAccessibleName(name)
            spin.valueChanged.connect(self._set_ladder)
            row.addWidget(label)
            row.addWidget(spin)
        row.addStretch(1)
        form.addRow(row)

    def _enable(self) -> None:
        for spin in (self.first, self.last, self.rungs):
            spin.setEnabled(self.climbs.isChecked())

    def _set(self, **values: object) -> None:
        self._preferences.change(**values)
        self.changed.emit()

    def _set_tempo(self, tempo: int) -> None:
        self._memory.change(tempo=float(tempo))
        self.changed.emit()

    def _set_beats(self, beats: int) -> None:
        self._memory.change(beats=beats)
        self.changed.emit()

    def _set_ladder(self) -> None:
        ladder = Ladder(float(self.first.value()), float(self.last.value()), self.rungs.value())
        self._memory.change(climbs=self.climbs.isChecked(), ladder=ladder)
        self._enable()
        self.changed.emit()


def _spin(least: int, most: int, value: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(least, most)
    spin.setValue(value)
    spin.setKeyboardTracking(False)
    return spin
