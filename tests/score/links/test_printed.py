"""D.C., D.S., Fine and coda are read from the text of a page."""

import json
from pathlib import Path

import numpy as np
import pymupdf
import pytest

from livefollow.score.document import Document
from livefollow.score.links.printed import SystemDirection, read_links
from livefollow.score.links.ways import END, LAST_PASS, Link
from livefollow.score.links.words import Character, DirectionKind, directions_of, sign_of
from livefollow.score.reading import BAR_LINE, FINAL, MARK, Reading
from livefollow.score.score import Score

KINDS = DirectionKind


def line(text: str, left: float = 0.0) -> list[Character]:
    return [Character(c, (left + 5.0 * k, 0.0, left + 5.0 * k + 5, 10.0)) for k, c in enumerate(text)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("D.C. al Fine", [KINDS.DA_CAPO]),
        ("D. C. al Coda", [KINDS.DA_CAPO]),
        ("Da Capo", [KINDS.DA_CAPO]),
        ("DC al Fine", [KINDS.DA_CAPO]),
        ("D.S. al Coda", [KINDS.DAL_SEGNO]),
        ("Dal Segno al Fine", [KINDS.DAL_SEGNO]),
        ("Fine", [KINDS.FINE]),
        ("To Coda", [KINDS.TO_CODA]),
        ("Coda", [KINDS.CODA]),
        ("that's fine with me", []),
        ("Da Capo Press, New York", []),
        ("DC", []),
        ("", []),
    ],
)
def test_words_that_stand_alone_say_where_to_go_on(text: str, kinds: list[DirectionKind]) -> None:
    assert [kind for kind, _ in directions_of(line(text))] == kinds


def test_what_stands_further_away_is_apart() -> None:
    said = list(directions_of([*line("12"), *line("Fine", 60)]))
    assert [(kind, box[0]) for kind, box in said] == [(KINDS.FINE, 60)]


def test_signs_are_known_by_code_font_and_name() -> None:
    assert sign_of(0xE047, "Bravura", {}) is KINDS.SEGNO
    assert sign_of(0x25, "Maestro", {}) is KINDS.SEGNO
    assert sign_of(0x25, "Times", {}) is None
    assert sign_of(1, "Emmentaler-26", {("Emmentaler-26", 1): "scripts.coda"}) is KINDS.CODA
    sign = Character("\ue048", (60.0, 0.0, 70.0, 10.0), KINDS.CODA)
    assert [kind for kind, _ in directions_of([*line("To Coda"), *line(" ", 35), sign])] == [KINDS.TO_CODA, KINDS.CODA]
    beside = sign._replace(box=(38.0, 0.0, 48.0, 10.0))
    assert [kind for kind, _ in directions_of([*line("To Coda"), beside])] == [KINDS.TO_CODA]


def reading(lines: list[float], end: float = 4000.0) -> Reading:
    x = np.arange(80.0, end, 50)
    n = len(x)
    kinds = [BAR_LINE] * (len(lines) - 1) + [FINAL]
    marks = np.array([(at, kind, 1.0) for at, kind in zip(lines, kinds, strict=True)], MARK)
    ones = np.ones(n, np.float32)
    return Reading(x, np.zeros((n, 88), np.float32), ones, ones, np.zeros(n, np.int32), marks)


def said(kind: DirectionKind, left: float, right: float) -> SystemDirection:
    start = 1000.0 * (left // 1000)
    return SystemDirection(kind, left, right, start, start + 1000)


BARS = reading([250.0 * k for k in range(1, 17) if k % 4] + [3990.0])


def test_da_capo_al_fine() -> None:
    found = read_links(BARS, [said(KINDS.FINE, 1460, 1510), said(KINDS.DA_CAPO, 3860, 3985)])
    assert found == (Link(1500, END, LAST_PASS, sure=True), Link(3990, 80, sure=True))


def test_dal_segno_al_coda() -> None:
    directions = [
        said(KINDS.SEGNO, 1245, 1262),
        said(KINDS.TO_CODA, 2180, 2252),
        said(KINDS.DAL_SEGNO, 2690, 2760),
        said(KINDS.CODA, 3020, 3070),
    ]
    assert read_links(BARS, directions) == (
        Link(2250, 3000, LAST_PASS, sure=True),
        Link(2750, 1250, sure=True),
    )


def test_words_at_the_beginning_of_a_system_belong_to_the_end_of_the_one_before() -> None:
    assert read_links(BARS, [said(KINDS.DA_CAPO, 2010, 2100)])[0].leave == 2000


def test_what_leads_nowhere_is_no_link() -> None:
    assert read_links(BARS, [said(KINDS.DAL_SEGNO, 2690, 2760)]) == ()
    assert read_links(BARS, [said(KINDS.FINE, 1460, 1510), said(KINDS.CODA, 3020, 3070)]) == ()


def test_they_are_found_on_a_page_wherever_it_is_turned(data: Path, tmp_path: Path) -> None:
    second = json.loads((data / "small.systems.json").read_text())[0][1]
    with pymupdf.open(data / "small.pdf") as document:
        page = document[0]
        page.insert_text((second["right"] - 60, second["top"] - 8), "D.C. al Fine", fontsize=10)
        page.insert_text((40, 20), "Da Capo al Fine, A Song", fontsize=10)
        document.save(tmp_path / "marked.pdf")
    with Score(tmp_path / "marked.pdf", data=tmp_path) as score:
        next(score.read())
        (direction,) = score.directions
        place = score.strip.placements[1]
    assert direction.kind is KINDS.DA_CAPO
    assert (direction.start, direction.end) == (place.x0, place.x1)
    assert direction.right == pytest.approx(direction.end, abs=30)
    with Document(tmp_path / "marked.pdf") as document:
        (upright,) = document.directions(1)
        document.turn(1, 1)
        (turned,) = document.directions(1)
    assert turned.right - turned.left == pytest.approx(upright.bottom - upright.top)
