"""Choosing scores: file dialogs, and files dropped on the window. Window thread only."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QMimeData
from PyQt6.QtWidgets import QFileDialog, QWidget

from livefollow.score.files import PAGE_SUFFIXES
from livefollow.viewer.library.setlist import SUFFIX

SCORE_SUFFIXES = tuple(sorted(PAGE_SUFFIXES))


def score_filter(*, setlists: bool = False) -> str:
    """Return the file dialog filter for scores, optionally setlists; all files too: a PDF may have any name."""
    suffixes = (*SCORE_SUFFIXES, SUFFIX) if setlists else SCORE_SUFFIXES
    patterns = " ".join(pattern for suffix in suffixes for pattern in (f"*{suffix}", f"*{suffix.upper()}"))
    return f"{QCoreApplication.translate('choosing', 'Scores')} ({patterns});;" + (
        f"{QCoreApplication.translate('choosing', 'All files')} (*)"
    )


def setlist_filter() -> str:
    """Return the file dialog filter for setlists."""
    return f"{QCoreApplication.translate('choosing', 'Setlists')} (*{SUFFIX})"


def ask_score(parent: QWidget, folder: str) -> Path | None:
    """Ask for a PDF, an image, or a setlist; None if cancelled.

    Args:
        parent: window of the dialog.
        folder: to begin in; empty for the dialog's default.
    """
    title = QCoreApplication.translate("choosing", "Open Score")
    name, _ = QFileDialog.getOpenFileName(parent, title, folder, score_filter(setlists=True))
    return Path(name) if name else None


def ask_folder(parent: QWidget, folder: str) -> Path | None:
    """Ask for a folder of images, which is one score; None if cancelled."""
    title = QCoreApplication.translate("choosing", "Open a Folder of Page Images")
    name = QFileDialog.getExistingDirectory(parent, title, folder)
    return Path(name) if name else None


def dropped_paths(data: QMimeData | None) -> list[Path]:
    """Return the local files and folders that are dragged over or dropped on the window."""
    urls = data.urls() if data else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
