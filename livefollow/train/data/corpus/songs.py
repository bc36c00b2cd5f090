"""Songs for piano and others: MuseScore files, silenced here and there, and their notes from MuseScore's MusicXML.

The others' notes are told from the piano's by the part: the piano's is the one with two staves.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np

from livefollow.train.data.notation.music import Music, Note, Section
from livefollow.train.data.notation.notation import SCALE, NotationError

VERSION_READ = "3.01"  # of MuseScore's files, the latest that MuseScore 3.2 opens
VERSION = re.compile(r'<museScore version="3\.0\d">')
DEFAULT_TEMPO = 90.0  # quarter notes per minute
GRACE = Fraction(1, 4)  # quarter notes between grace notes
STEPS = "CDEFGAB"
REST_BARS = (2, 4)  # bars for which the piano is silenced at a time
REST_EVERY = (9, 16)  # bars from one such rest to the next


@dataclass(frozen=True)
class SungHead:
    """A printed notehead, and the colour that finds it in MuseScore's picture. Quarter notes from the beginning."""

    colour: int
    onset: Fraction
    duration: Fraction
    pitch: int
    step: int  # diatonic steps above middle C
    staff: int  # of the whole score, from the top, from 0
    grace: Fraction = Fraction(0)
    tied: bool = False
    cue: bool = False


@dataclass
class SongNotes:
    """What MuseScore's MusicXML says of a song.

    Attributes:
        heads: of all staves, by onset.
        staves: how many there are.
        piano: the piano's upper and lower staff.
        bars: onset of each bar.
        end: of the last bar.
        tempo: (onset, quarter notes per minute), the first at 0.
    """

    heads: list[SungHead] = field(default_factory=list)
    staves: int = 0
    piano: tuple[int, int] = (0, 1)
    bars: list[Fraction] = field(default_factory=list)
    end: Fraction = Fraction(0)
    tempo: list[tuple[Fraction, float]] = field(default_factory=list)

    def music(self, name: str, source: str, licence: str) -> Music:
        """What the piano plays, and beside it the others."""
        return Music(
            name,
            source,
            licence,
            self._struck(piano=True),
            [float(b) for b in self.bars],
            [(float(at), speed) for at, speed in self.tempo],
            [Section(0.0, float(self.end))],
            [Section(0.0, float(self.end))],
            self._struck(piano=False),
        )

    def _struck(self, *, piano: bool) -> list[Note]:
        """Notes with ties merged; hands are the piano's staves, or the others' from the top."""
        notes: dict[tuple[Fraction, Fraction, int, int], Fraction] = {}
        sounding: dict[tuple[int, int, Fraction], tuple[Fraction, Fraction, int, int]] = {}
        for head in self.heads:
            if (head.staff in self.piano) is not piano:
                continue
            hand = self.piano.index(head.staff) if piano else head.staff - 2 * (head.staff > self.piano[1])
            own = head.onset, head.grace, head.pitch, hand
            key = sounding.get((head.pitch, hand, head.onset), own) if head.tied else own
            end = head.onset + head.duration
            notes[key] = max(notes.get(key, Fraction(0)), end - key[0])
            sounding[head.pitch, hand, end] = key
        return [
            Note(float(onset), float(notes[onset, grace, pitch, hand]), pitch, hand, float(grace))
            for onset, grace, pitch, hand in sorted(notes)
        ]


def coloured(text: str) -> str:
    """A MuseScore file with each notehead in a colour of its own, from 1."""
    number = 0

    def with_colour(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        r, g, b = number >> 16, number >> 8 & 255, number & 255
        return f'{match[0]}<color r="{r}" g="{g}" b="{b}" a="255"/>'

    return re.sub("<Note>", with_colour, text)


def readable(text: str) -> str:
    """A MuseScore file that MuseScore 3.2 opens."""
    return VERSION.sub(f'<museScore version="{VERSION_READ}">', text, count=1)


def with_piano_rests(text: str, rng: np.random.Generator) -> str:
    """A MuseScore file whose piano rests for some bars at a time, while the others go on.

    Raises:
        NotationError: there is no piano, or the file is not MuseScore's.
    """
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        raise NotationError(f"not MuseScore's XML: {error}") from None
    score = root.find("Score")
    staves = score.findall("Staff") if score is not None else []
    if len(staves) < 3:
        raise NotationError("no staff beside the piano's")
    columns = list(zip(*(staff.findall("Measure") for staff in staves), strict=False))
    length = Fraction(1)
    silent: set[int] = set()
    begins = int(rng.integers(3, REST_EVERY[0]))
    while begins < len(columns) - REST_BARS[1]:
        bars = int(rng.integers(REST_BARS[0], REST_BARS[1] + 1))
        silent |= set(range(begins, begins + bars))
        begins += int(rng.integers(REST_EVERY[0], REST_EVERY[1] + 1))
    for k, measures in enumerate(columns):
        for signature in measures[0].iter("TimeSig"):
            length = Fraction(int(signature.findtext("sigN", "4")), int(signature.findtext("sigD", "4")))
        # Where the others rest, too, nobody would know how the bars go by; upbeats keep their length.
        sung = any(measure.find("voice/Chord") is not None for measure in measures[:-2])
        if k in silent and sung and not any(measure.get("len") for measure in measures):
            for measure in measures[-2:]:
                _silence(measure, length)
    return ET.tostring(root, encoding="unicode")


def _silence(measure: ET.Element, length: Fraction) -> None:
    voices = measure.findall("voice")
    for voice in voices[1:]:
        measure.remove(voice)
    for child in list(voices[0]):
        if child.tag not in ("KeySig", "TimeSig", "Tempo", "BarLine"):
            voices[0].remove(child)
    rest = ET.Element("Rest")
    ET.SubElement(rest, "durationType").text = "measure"
    ET.SubElement(rest, "duration").text = f"{length.numerator}/{length.denominator}"
    bar_line = voices[0].find("BarLine")
    voices[0].insert(len(voices[0]) - (bar_line is not None), rest)


def read_song(path: Path) -> SongNotes:
    """Read the notes of a song.

    Args:
        path: MusicXML that MuseScore wrote of a `coloured` file.

    Raises:
        NotationError: it has repeats, no piano, or nobody beside it.
    """
    root = ET.parse(path).getroot()
    if root.find(".//repeat") is not None or root.find(".//ending") is not None:
        raise NotationError("repeats")
    song = SongNotes()
    parts = root.findall("part")
    counts = [int(part.findtext(".//staves", "1")) for part in parts]
    if 2 not in counts or len(parts) < 2:
        raise NotationError("no piano with others")
    first = sum(counts[: counts.index(2)])
    song.piano, song.staves = (first, first + 1), sum(counts)
    tempo: dict[Fraction, float] = {}
    starts = [Fraction(0)]
    for number, part in enumerate(parts):
        reader = _Part(song, sum(counts[:number]), tempo)
        for k, measure in enumerate(part.findall("measure")):
            end = reader.read(measure, starts[k])
            if k + 1 == len(starts):
                starts.append(end)
            starts[k + 1] = max(starts[k + 1], end)
    song.bars, song.end = starts[:-1], starts[-1]
    song.heads.sort(key=lambda head: (head.onset, head.grace, head.staff, head.step))
    song.tempo = sorted({Fraction(0): DEFAULT_TEMPO, **tempo}.items())
    return song


class _Part:
    """Reads the measures of one part."""

    def __init__(self, song: SongNotes, first: int, tempo: dict[Fraction, float]) -> None:
        self._song, self._first, self._tempo = song, first, tempo
        self._divisions = 1

    def read(self, measure: ET.Element, start: Fraction) -> Fraction:
        """Read one measure; returns where it ends."""
        self._divisions = int(measure.findtext("attributes/divisions", str(self._divisions)))
        at = before = end = start
        graces: list[ET.Element] = []
        for element in measure:
            if element.tag in ("backup", "forward"):
                at += self._length(element) * (1 if element.tag == "forward" else -1)
            elif element.tag == "note":
                if element.find("grace") is not None:
                    graces.append(element)
                    continue
                length = self._length(element)
                onset = before if element.find("chord") is not None else at
                for back, grace in enumerate(reversed(graces), 1):
                    self._add(grace, onset, Fraction(0), -back * GRACE)
                graces = []
                self._add(element, onset, length)
                if element.find("chord") is None:
                    before, at = at, at + length
            for sound in element.iter("sound"):
                if sound.get("tempo"):
                    self._tempo.setdefault(at, float(sound.get("tempo", DEFAULT_TEMPO)))
            end = max(end, at)
        return end

    def _length(self, element: ET.Element) -> Fraction:
        return Fraction(int(element.findtext("duration", "0")), self._divisions)

    def _add(self, note: ET.Element, onset: Fraction, length: Fraction, grace: Fraction = Fraction(0)) -> None:
        pitch, head = note.find("pitch"), note.find("notehead")
        colour = head.get("color", "") if head is not None else ""
        if pitch is None or not colour.startswith("#"):
            return
        octave, degree = int(pitch.findtext("octave", "4")), STEPS.index(pitch.findtext("step", "C"))
        midi = 12 * (octave + 1) + SCALE[degree] + int(pitch.findtext("alter", "0"))
        staff = self._first + int(note.findtext("staff", "1")) - 1
        tied = any(tie.get("type") == "stop" for tie in note.findall("tie"))
        kind = note.find("type")
        cue = kind is not None and kind.get("size") == "cue"
        step = 7 * (octave - 4) + degree
        self._song.heads.append(SungHead(int(colour[-6:], 16), onset, length, midi, step, staff, grace, tied, cue))
