from fractions import Fraction

import pytest

from livefollow.train.data.corpus.nottingham import (
    SPLIT_SIZES,
    AbcError,
    read_tune,
    read_tunes,
    split_tunes,
    without_copies,
)
from livefollow.train.data.notation.repeats import play_order

TUNE = """X: 7
T:Nothing in particular
M:6/8
L:1/8
K:D
A|"D"d2f fed|^c=cB A2-A|(3def g/2a/2 z2 A|[1 d6:|[2 d3 D,3||
K:G
|:G,4 z2|B6:|
"""


def read(text=TUNE, name="tune"):
    return read_tune(text, name, "test")


def test_notes_of_a_tune():
    notes = read().notes
    assert [(float(n.onset), float(n.duration), n.pitch) for n in notes[:7]] == [
        (0, 0.5, 69),
        (0.5, 1, 74),
        (1.5, 0.5, 78),
        (2, 0.5, 78),
        (2.5, 0.5, 76),
        (3, 0.5, 74),
        (3.5, 0.5, 73),
    ]
    assert [n.pitch for n in notes[7:12]] == [72, 71, 69, 69, 74]  # the natural lasts to the bar's end only
    assert [n.tied for n in notes[9:11]] == [False, True]
    triplet = notes[11:14]
    assert [n.duration for n in triplet] == [Fraction(1, 3)] * 3
    assert {(n.log, n.scale) for n in triplet} == {(3, Fraction(2, 3))}
    assert notes[-2].pitch == 55  # after the change of key


def test_bars_keys_and_order_of_play():
    tune = read()
    assert tune.keys == [(0, 2), (Fraction(31, 2), 1)]
    assert [float(b) for b in tune.bars] == [0, 0.5, 3.5, 6.5, 9.5, 12.5, 15.5, 18.5]
    with_repeats, straight = play_order(tune.repeats, tune.end)
    assert [(float(a), float(b)) for a, b in with_repeats] == [(0, 12.5), (0, 9.5), (12.5, 21.5), (15.5, 21.5)]
    assert [(float(a), float(b)) for a, b in straight] == [(0, 9.5), (12.5, 21.5)]


def test_units_follow_the_meter_unless_given():
    for meter, unit in (("4/4", 0.5), ("2/4", 0.25), ("6/8", 0.5)):
        assert float(read(f"X:1\nM:{meter}\nK:C\nC|").notes[0].duration) == unit


def test_what_cannot_be_read_is_said():
    with pytest.raises(AbcError, match="no notes"):
        read("X:1\nM:4/4\nK:C\n||")
    with pytest.raises(AbcError, match="key Hp"):
        read("X:1\nM:4/4\nK:Hp\nC|")


def test_copies_are_left_out():
    moved = TUNE.replace("K:D", "K:D\nQ:1/4=90").replace("Nothing", "Something")
    kept, copies = without_copies(
        [read(), read(moved, "copy"), read("X:1\nM:2/4\nL:1/8\nK:C\nCEGcBAGF|EDCDEFGA|", "new")]
    )
    assert [t.name for t in kept] == ["tune", "new"]
    assert copies == {"copy": "tune"}


@pytest.mark.slow
def test_the_corpus_is_split_as_in_the_paper(corpus):
    tunes, failed = read_tunes(corpus / "nottingham")
    assert (len(tunes), failed) == (1034, {})
    kept, copies = without_copies(tunes)
    assert len(kept) + len(copies) == 1034
    splits = split_tunes(kept)
    assert {split: len(members) for split, members in splits.items()} == SPLIT_SIZES
    names = [t.name for members in splits.values() for t in members]
    assert len(set(names)) == len(names)
    assert split_tunes(kept[::-1]) == splits
