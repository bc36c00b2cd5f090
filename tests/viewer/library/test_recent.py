"""The scores opened last."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from livefollow.viewer.library.recent import RecentMenu, titles, with_newest
from livefollow.viewer.settings.preferences import MOST_RECENT


def test_the_newest_is_first_once_and_the_list_ends() -> None:
    recent: tuple[str, ...] = ()
    for i in range(20):
        recent = with_newest(recent, Path(f"/scores/{i}.pdf"))
    recent = with_newest(recent, Path("/scores/15.pdf"))
    assert len(recent) == MOST_RECENT
    assert recent[:3] == ("/scores/15.pdf", "/scores/19.pdf", "/scores/18.pdf")
    assert len(set(recent)) == MOST_RECENT


def test_scores_of_one_name_are_told_apart() -> None:
    assert titles(["/a/Bach/score.pdf", "/a/Satie/score.pdf", "/c.pdf"]) == [
        "Bach/score.pdf",
        "Satie/score.pdf",
        "c.pdf",
    ]


def test_missing_ones_are_grey_and_can_be_removed(qtbot: QtBot, tmp_path: Path) -> None:
    there = tmp_path / "R&B.pdf"
    there.touch()
    recent = [str(there), str(tmp_path / "gone.pdf")]
    menu = RecentMenu(lambda: recent)
    qtbot.addWidget(menu)
    menu.fill()
    first, second, *_ = menu.actions()
    assert first.isEnabled()
    assert "R&&B" in first.text()
    assert not second.isEnabled()
    assert "missing" in second.text()
    with qtbot.waitSignal(menu.chosen) as chosen:
        first.trigger()
    assert chosen.args == [there]
    remove, clear = menu.actions()[-2:]
    with qtbot.waitSignal(menu.changed) as changed:
        remove.trigger()
    assert changed.args == [(str(there),)]
    with qtbot.waitSignal(menu.changed) as changed:
        clear.trigger()
    assert changed.args == [()]
    recent.clear()
    menu.fill()
    assert [action.isEnabled() for action in menu.actions()] == [False]
