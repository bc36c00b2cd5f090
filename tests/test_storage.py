"""The user's files: whole or as they were."""

import threading
from pathlib import Path

import pytest

from livefollow import storage
from livefollow.storage import alone_in, keep_aside, write_whole


def test_a_file_is_written_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    write_whole(path, "ä\n")
    write_whole(path, "ö\n")
    assert path.read_text(encoding="utf-8") == "ö\n"
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    path.write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="space"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    link = tmp_path / "settings.json"
    link.symlink_to(tmp_path / "dotfiles" / "mine.json")
    write_whole(link, "text")
    assert link.is_symlink()
    assert (tmp_path / "dotfiles" / "mine.json").read_text() == "text"


def test_files_kept_aside_never_replace_each_other(tmp_path: Path) -> None:
    kept = []
    for text in "abc":
        (tmp_path / "settings.json").write_text(text)
        kept.append(keep_aside(tmp_path / "settings.json"))
    assert [path.read_text() for path in kept] == ["a", "b", "c"]
    assert all(path.name.startswith("settings.broken-2") and path.suffix == ".json" for path in kept)


def test_who_asks_is_alone_in_a_folder_but_waits_for_nobody_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl", reason="folders cannot be locked here")
    inside, left = threading.Event(), threading.Event()
    order: list[str] = []

    def hold() -> None:
        with alone_in(tmp_path):
            inside.set()
            left.wait(60)
            order.append("first")

    thread = threading.Thread(target=hold)
    thread.start()
    assert inside.wait(60)
    monkeypatch.setattr(storage, "LOCK_S", 0.05)
    with alone_in(tmp_path):
        order.append("in spite of it")
    monkeypatch.setattr(storage, "LOCK_S", 60.0)
    threading.Timer(0.05, left.set).start()
    with alone_in(tmp_path):
        order.append("second")
    thread.join()
    assert order == ["in spite of it", "first", "second"]
    with alone_in(tmp_path / "new"):
        assert (tmp_path / "new").is_dir()
    (tmp_path / "file").write_text("")
    with alone_in(tmp_path / "file" / "none"):
        order.append("nowhere")
    assert order[-1] == "nowhere"
