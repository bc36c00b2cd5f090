import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from livefollow.train.data.corpus.random_music import SPAN, random_music
from livefollow.train.data.notation.musicxml import write_musicxml

SEEDS = range(40)


@pytest.fixture(scope="module")
def pieces():
    return [random_music(seed) for seed in SEEDS]


def test_the_same_seed_is_the_same_piece():
    assert random_music(5) == random_music(5)
    assert random_music(5) != random_music(6)


def test_voices_do_not_overlap_and_stay_in_their_bars(pieces):
    for piece in pieces:
        ends = [*piece.bars[1:], piece.end]
        voices = defaultdict(set)
        for note in piece.notes:
            bar = max(k for k, b in enumerate(piece.bars) if b <= note.onset)
            assert note.onset + (0 if note.grace else note.duration) <= ends[bar]
            if not note.grace:
                voices[note.voice].add((note.onset, note.onset + note.duration))
        for spans in voices.values():
            assert all(a[1] <= b[0] for a, b in pairwise(sorted(spans)))


def test_each_hand_can_play_it(pieces):
    for piece in pieces:
        chords = defaultdict(list)
        for note in piece.notes:
            if not note.grace:
                chords[note.onset, note.voice].append(note.step)
        assert max(max(c) - min(c) for c in chords.values()) <= SPAN
        assert all(21 <= n.pitch <= 108 for n in piece.notes)


def test_everything_a_reader_must_know_comes_up(pieces):
    notes = [n for piece in pieces for n in piece.notes]
    clefs = Counter((c.sign, c.line) for piece in pieces for c in piece.clefs)
    assert set(clefs) >= {("G", 2), ("F", 4), ("C", 3), ("C", 4)}
    assert len({f for piece in pieces for _, f in piece.keys}) >= 12
    assert {n.scale for n in notes} >= {Fraction(1), Fraction(2, 3), Fraction(4, 5)}
    assert {n.log for n in notes} >= {0, 1, 2, 3, 4, 5}
    assert {n.ornament for n in notes} >= {"", "trill", "mordent", "prall", "turn", "arpeggio"}
    assert any(n.tied for n in notes)
    assert any(n.small for n in notes)
    assert any(n.grace for n in notes)
    assert any(abs(n.alter) == 2 for n in notes)
    assert any(piece.octaves for piece in pieces)
    assert any(piece.repeats.ends for piece in pieces)
    assert any(len(piece.clefs) > 2 for piece in pieces)
    assert {n.finger for n in notes} == set(range(6))
    assert not any(n.finger for n in notes if n.tied or n.grace)


def test_what_came_later_changes_nothing_else():
    plain, fingered = random_music(3, finger=0.0), random_music(3, finger=1.0)
    assert any(n.finger for n in fingered.notes)
    assert [replace(n, finger=0) for n in fingered.notes] == plain.notes


def test_it_can_be_written_as_musicxml(pieces):
    for piece in pieces[:10]:
        part = ET.fromstring(write_musicxml(piece)).find("part")
        ids = [n.get("id") for n in part.iter("note") if n.get("id")]
        assert sorted(ids) == sorted(f"n{i}" for i in range(len(piece.notes)))
        divisions = int(part.find("measure/attributes/divisions").text)
        for measure, (start, end) in zip(part.findall("measure"), pairwise([*piece.bars, piece.end]), strict=True):
            at, furthest = 0, 0
            for element in measure:
                duration = element.find("duration")
                length = 0 if duration is None else int(duration.text)
                if element.tag == "backup":
                    at -= length
                elif element.find("chord") is None:
                    at += length
                furthest = max(furthest, at)
                assert at >= 0
            assert furthest == (end - start) * divisions
