"""A case is read, or refused in a sentence that says what is wrong with it."""

import json
import shutil
from pathlib import Path

import pytest

from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.follow.paper.state import MSMD, NOTTINGHAM
from livefollow.tables import CaseError
from tests.broken import make_pdf
from tests.cases import SPACE


def test_the_demo_is_a_case(demo: Case) -> None:
    assert demo.truth
    assert len(demo.truth) == 682
    assert (demo.name, demo.audio.name, demo.staff_space) == ("demo", "performance.ogg", 4.4832)


def test_a_folder_of_cases_and_a_case_are_found(case_folder: Path) -> None:
    assert find_cases([case_folder.parent]) == find_cases([case_folder]) == [case_folder]
    assert load_case(case_folder).staff_space == SPACE


def test_jumps_are_read(case_folder: Path) -> None:
    meta = {"staff_space_pt": SPACE, "jumps": [{"t": 1, "kind": "stop"}]}
    (case_folder / "meta.json").write_text(json.dumps(meta))
    assert [(j.time_s, j.kind) for j in load_case(case_folder).jumps] == [(1.0, "stop")]


@pytest.mark.parametrize("meta", ["{}", None])
def test_the_staff_space_is_measured_where_nothing_says_it(case_folder: Path, demo: Case, meta: str | None) -> None:
    shutil.copy(demo.score, case_folder / "score.pdf")
    (case_folder / "meta.json").unlink()
    if meta:
        (case_folder / "meta.json").write_text(meta)
    assert load_case(case_folder).staff_space == pytest.approx(demo.staff_space, rel=0.01)


def test_a_score_without_staves_cannot_be_measured(case_folder: Path) -> None:
    (case_folder / "score.pdf").write_bytes(make_pdf(content=b" "))
    (case_folder / "meta.json").write_text("{}")
    with pytest.raises(CaseError, match="no staff systems"):
        load_case(case_folder)


def test_the_papers_task_is_read(case_folder: Path) -> None:
    assert load_case(case_folder).task == MSMD
    (case_folder / "meta.json").write_text('{"staff_space_pt": 5, "task": "nottingham"}')
    assert load_case(case_folder).task == NOTTINGHAM
    (case_folder / "meta.json").write_text('{"staff_space_pt": 5, "task": "chess"}')
    with pytest.raises(CaseError, match="'chess', not one of nottingham, msmd"):
        load_case(case_folder)


def test_a_truth_without_onsets_is_sound_that_is_not_the_piece(case_folder: Path) -> None:
    header = (case_folder / "truth.csv").read_text().splitlines()[0]
    (case_folder / "truth.csv").write_text(header + "\n")
    (case_folder / "meta.json").unlink()
    assert load_case(case_folder).truth is None


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("meta.json", '{"staff_space_pt": NaN}', "not a number"),
        ("meta.json", "[1]", "must be an object"),
        ("meta.json", "{", "cannot be read as JSON"),
        ("meta.json", '{"staff_space_pt": 5, "jumps": [{"kind": "back"}]}', "a jump needs t"),
        ("meta.json", '{"staff_space_pt": 5, "jumps": [{"t": 1, "kind": "hop"}]}', "'hop'"),
        ("truth.csv", "", "is empty"),
        ("truth.csv", "onset_s,page\n1,1\n", "lacks the columns system, x_pt"),
    ],
)
def test_what_is_wrong_is_said(case_folder: Path, file: str, text: str, says: str) -> None:
    (case_folder / file).write_text(text)
    with pytest.raises(CaseError, match=says):
        load_case(case_folder)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("nan,1,1,50,110,100,140", "onset_s of row 7 is 'nan'"),
        ("9,1,1,x,110,100,140", "x_pt of row 7 is 'x'"),
        ("0.5,1,1,50,110,100,140", "onset_s falls after row 6"),
        ("9,0,1,50,110,100,140", "count from 1"),
        ("9,1.5,1,50,110,100,140", "count from 1"),
        ("9,1,1,50,110,140,100", "bottom above its top"),
        ("9,1,1,50,110,100", "6 cells instead of 7"),
    ],
)
def test_a_bad_row_of_the_truth_is_named(case_folder: Path, row: str, says: str) -> None:
    with (case_folder / "truth.csv").open("a") as file:
        file.write(row + "\n")
    with pytest.raises(CaseError, match=says):
        load_case(case_folder)


@pytest.mark.parametrize("name", ["score.pdf", "performance.wav"])
def test_a_missing_file_is_named(case_folder: Path, name: str) -> None:
    (case_folder / name).unlink()
    with pytest.raises(CaseError, match=name):
        load_case(case_folder)


def test_nothing_to_be_found(case_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="No case called x"):
        find_cases([case_folder.parent], only="x*")
    with pytest.raises(CaseError, match="no folder"):
        find_cases([tmp_path / "absent"])
    twin = tmp_path / "other" / case_folder.name
    twin.mkdir(parents=True)
    (twin / "truth.csv").touch()
    with pytest.raises(CaseError, match="the same name"):
        find_cases([case_folder, twin])
