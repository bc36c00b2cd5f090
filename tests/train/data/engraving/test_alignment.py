from dataclasses import replace
from itertools import pairwise

import numpy as np
import pymupdf
import pytest

from livefollow.constants import STAFF_SPACE
from livefollow.score.strip import MIDDLE_ROW
from livefollow.train.data.corpus.random_music import random_music
from livefollow.train.data.engraving.alignment import Alignment, Engraving, Head, MisalignedError, Sign, read_look
from livefollow.train.data.engraving.lilypond_compiler import EngravingError
from livefollow.train.data.score_look import BAR_LINE, FINAL, HEAD, REPEAT_END, REPEAT_START
from tests.optional import needs_modules, needs_musescore, needs_program

TOP, SPACE, LEFT, RIGHT = 200.0, 5.0, 70.0, 520.0
GAP = 60.0  # points from staff to staff


def head(onset, position, x, staff=0, step=None, **details):
    """A head `position` half spaces above its staff's middle line."""
    middle = TOP + staff * GAP + 2 * SPACE
    fields = {"grace": 0.0, "duration": 1.0, "pitch": 60, "tied": False, "cue": False, "page": 0} | details
    return Head(
        onset=onset,
        step=position if step is None else step,
        x=x,
        y=middle - position * SPACE / 2,
        staff_y=middle,
        **fields,
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A system of two staves, drawn."""
    path = tmp_path_factory.mktemp("drawn") / "page.pdf"
    with pymupdf.open() as document:
        drawn = document.new_page(width=595, height=842)
        for staff in range(2):
            for line in range(5):
                y = TOP + staff * GAP + line * SPACE
                drawn.draw_line((LEFT, y), (RIGHT, y), width=0.5)
        for x in (LEFT, 300, RIGHT):
            drawn.draw_line((x, TOP), (x, TOP + GAP + 4 * SPACE), width=0.7)
        document.save(path)
    return path


def steps(wrong=()):
    """Heads in a row; those named in `wrong` stand elsewhere than their pitch says."""
    return [head(float(k), k % 5 - 2, 120 + 40 * k, step=k % 5 - 2 + (k if k in wrong else 0)) for k in range(9)]


def test_truth_is_mapped_onto_what_the_app_sees(page):
    heads = [*steps(), head(3.0, 4, 240, staff=1)]
    signs = [Sign(0, 300, TOP + staff * GAP + 2 * SPACE) for staff in range(2)]
    prefix = [Sign(0, 100, TOP + 2 * SPACE)]
    look, alignment, bands = read_look(Engraving(page, heads, signs, prefix))
    assert bands == [0] * 9 + [1]
    assert (alignment.heads, alignment.placed, alignment.aligned, alignment.pages) == (10, 10, 10, 1)
    alignment.check()
    scale = STAFF_SPACE / SPACE
    assert np.diff(look.heads["x"][look.heads["staff"] == 0]) == pytest.approx([40 * scale] * 8, rel=0.01)
    lower = look.heads[look.heads["staff"] == 1][0]
    assert lower["row"] == pytest.approx(MIDDLE_ROW + 0.5 - 4 * STAFF_SPACE / 2, abs=0.4)
    assert (lower["page"], lower["system"], lower["x_pt"]) == (1, 1, 240)
    assert len(look.marks) == 1  # one bar line through both staves
    assert look.marks["x"][0] - look.heads["x"][0] == pytest.approx((300 - 120) * scale, abs=1)
    assert np.diff(look.prefixes[0]) == pytest.approx((100 - LEFT) * scale, abs=1)


def test_heads_off_their_pitch_are_noticed(page):
    _, alignment, _ = read_look(Engraving(page, steps(wrong=[4, 6])))
    assert (alignment.timely, alignment.fitting, alignment.aligned) == (9, 7, 7)
    with pytest.raises(MisalignedError, match="off their lines"):
        alignment.check()


def test_heads_out_of_order_are_noticed(page):
    heads = steps()
    for a, b in ((0, 3), (4, 7)):
        heads[a], heads[b] = replace(heads[a], onset=heads[b].onset), replace(heads[b], onset=heads[a].onset)
    _, alignment, _ = read_look(Engraving(page, heads))
    assert alignment.timely < 9
    with pytest.raises(MisalignedError, match="rise"):
        alignment.check()


def test_heads_on_staves_the_app_did_not_find_are_noticed(page):
    stray = [head(float(k), 0, 120 + 9 * k, staff=4) for k in range(3)]
    _, alignment, bands = read_look(Engraving(page, steps() + stray))
    assert bands[-3:] == [-1] * 3
    assert (alignment.heads, alignment.placed) == (12, 9)
    with pytest.raises(MisalignedError, match="staves"):
        alignment.check()
    with pytest.raises(MisalignedError, match="staves"):
        Alignment(1, 0, 0, 0, 0, 0, 0).check()


def check(notation, engraving):
    """What every engraver's truth must hold on what the app sees."""
    look, alignment, bands = read_look(engraving)
    alignment.check()
    assert alignment.placed == len(bands) == len(engraving.heads) <= len(notation.notes)
    # Voices in unison may share a head.
    found = set(zip(*(look.heads[name].tolist() for name in ("onset", "pitch", "staff")), strict=True))
    assert found == {(float(n.onset), n.pitch, n.staff) for n in notation.notes}
    kinds = look.marks["kind"].tolist()
    bars = len(notation.bars)
    assert kinds.count(BAR_LINE) + kinds.count(REPEAT_END) + kinds.count(FINAL) >= bars - 2
    repeats = notation.repeats
    assert kinds.count(REPEAT_END) == len(repeats.ends)
    assert kinds.count(REPEAT_START) >= len(repeats.starts)
    for (x0, x1), (_, _, left, right) in zip(look.prefixes, look.systems, strict=True):
        inside = look.heads[(look.heads["x"] > left) & (look.heads["x"] < right)]
        assert left < x0 < x1 < inside["x"].min()
    # Bar lines stand between the heads of one bar and of the next.
    for bar, following in pairwise([*notation.bars, notation.end]):
        for _, _, left, right in look.systems:
            here = look.heads[(look.heads["x"] > left) & (look.heads["x"] < right)]
            before = here["x"][(here["onset"] < following) & (here["grace"] == 0)]
            after = here["x"][(here["onset"] >= following) & (here["grace"] == 0)]
            if bar and len(before) and len(after):
                assert np.any((look.marks["x"] > before.max()) & (look.marks["x"] < after.min()))


@needs_modules("verovio")
@pytest.mark.parametrize("font", ["Bravura", "Gootville", "Leipzig", "Leland", "Petaluma"])
def test_verovio(tmp_path, font):
    from livefollow.train.data.engraving.verovio import engrave_verovio

    notation = random_music(2, bars=8)
    check(notation, engrave_verovio(notation, tmp_path / "score.pdf", font, 3))


@pytest.mark.parametrize("seed", [2, 9])
def test_musescore(tmp_path, seed):
    needs_musescore()
    from livefollow.train.data.engraving.musescore import engrave_musescore

    notation = random_music(seed, bars=8)
    check(notation, engrave_musescore(notation, tmp_path / "score.pdf", seed))


def test_musescore_missing_is_said(tmp_path, monkeypatch):
    from livefollow.train.data.engraving import musescore

    monkeypatch.setattr(musescore.shutil, "which", lambda _: None)
    with pytest.raises(EngravingError, match="not installed"):
        musescore.engrave_musescore(random_music(1, bars=2), tmp_path / "score.pdf", 0)


SCORE = r"""
\version "2.24.0"
\header { license = "Public Domain" }
#(set-global-staff-size 11)
\score {
  \new PianoStaff <<
    \new Staff { \key d \major \time 3/4 \tempo 4 = 90 \repeat volta 2 { fis'4\trill <d' a'>\arpeggio g' }
      \alternative { { a'2. } { b'2. } } \break \grace e''8 d''2.~ \tempo 4 = 60 d''2. \bar "|." }
    \new Staff { \clef bass \key d \major d2. cis \clef treble e'4 f' e' \clef bass << { d4 e d } \\ { d,2. } >> d }
  >>
}
\score { \new Staff { c'1 d' e' f' \break \repeat volta 2 { e' d' c' c' } } \layout { } \midi { } }
"""


@pytest.fixture(scope="module")
def lilypond(tmp_path_factory):
    needs_program("lilypond")
    folder = tmp_path_factory.mktemp("lilypond")
    source = folder / "in" / "score.ly"
    source.parent.mkdir()
    source.write_text(SCORE)
    return source


def test_lilypond(lilypond, tmp_path):
    from livefollow.train.data.engraving.lilypond import engrave_plain, notation_of

    engraving, engraved = engrave_plain(lilypond, tmp_path / "work", tmp_path / "score.pdf")
    look, alignment, bands = read_look(engraving)
    alignment.check()
    notation = notation_of(engraved, bands, "score", "in/score.ly", SCORE)
    check(notation, engraving)
    assert notation.licence == "Public Domain"
    assert notation.bars == [0, 3, 6, 9, 12, *range(15, 47, 4)]
    assert notation.times == [(0, 3, 4), (15, 4, 4)]
    assert notation.keys == [(0, 2), (15, 0)]
    assert notation.tempo == [(0, 90), (12, 60)]
    lower = [c for c in notation.clefs if c.staff == 1]
    assert [(c.onset, c.sign, c.line) for c in lower] == [
        (0, "F", 4),
        (6, "G", 2),
        (9, "F", 4),
    ]
    music = notation.music()
    assert [(s.start, s.end) for s in music.with_repeats] == [(0, 6), (0, 3), (6, 47), (31, 47)]
    assert [(s.start, s.end) for s in music.straight] == [(0, 3), (6, 47)]
    ornaments = {(n.onset, n.pitch): n.ornament for n in music.notes if n.ornament}
    assert ornaments == {(0, 66): "trill", (1, 62): "arpeggio", (1, 69): "arpeggio"}
    long = [n for n in music.notes if n.pitch == 74]
    assert [(n.onset, n.duration) for n in long] == [(9, 6)]
    assert [n.grace for n in music.notes if n.grace] == [-0.5]
    assert look.heads.dtype == HEAD


def test_lilypond_varied(lilypond, tmp_path):
    from livefollow.train.data.engraving.lilypond import engrave_varied

    for seed in (1, 2):
        engraving = engrave_varied(lilypond, tmp_path / f"work{seed}", tmp_path / f"score{seed}.pdf", seed)
        with pymupdf.open(engraving.path) as document:
            assert not any(page.get_links() for page in document)
        _, alignment, _ = read_look(engraving)
        alignment.check()
        assert alignment.aligned == alignment.heads
    assert len({p.stat().st_size for p in tmp_path.glob("*.pdf")}) == 2
