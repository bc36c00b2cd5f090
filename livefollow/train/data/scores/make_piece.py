"""Make one piece of a dataset, look by look; finished looks are kept.

Beside each look lies `LOOK.report.json`, written last: how well it is aligned, or why it failed. A look without one
is made; a look that failed is tried again only when asked for.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from livefollow.errors import LivefollowError
from livefollow.storage import whole_file
from livefollow.train.data.corpus.pieces import Piece
from livefollow.train.data.corpus.songs import with_piano_rests
from livefollow.train.data.engraving.alignment import Alignment, MisalignedError, read_look
from livefollow.train.data.engraving.lilypond import engrave_plain, notation_of, source_text
from livefollow.train.data.engraving.lilypond_compiler import EngravingError
from livefollow.train.data.engraving.musescore_songs import engrave_song
from livefollow.train.data.engraving.plan import PLAIN, engrave_look, seed_of
from livefollow.train.data.notation.midi import write_score
from livefollow.train.data.notation.music import Music
from livefollow.train.data.notation.notation import Notation
from livefollow.train.data.score_look import ScoreLook

VERSION = 1
SONGS_LICENCE = "CC0 (OpenScore Lieder)"
REPORT = ".report.json"


@dataclass(frozen=True)
class PieceTask:
    """A piece, the looks to make of it, and the folder for them."""

    piece: Piece
    looks: list[str]
    root: Path  # DATA/scores
    seed: int
    retry: bool

    @property
    def folder(self) -> Path:
        """The piece's folder."""
        return self.root / self.piece.split / self.piece.name

    def missing(self) -> list[str]:
        """The looks that are still to be made."""
        missing = []
        for look in self.looks:
            report = read_report(self.folder / f"{look}{REPORT}")
            known = report.get("version") == VERSION and report.get("seed") == self.seed
            made = "failed" not in report and (self.folder / f"{look}.npz").is_file()
            if not known or not (made or ("failed" in report and not self.retry)):
                missing.append(look)
        return missing


def make_piece(task: PieceTask) -> str:
    """Make the missing looks of a piece, and write a report beside each.

    Returns:
        The piece's name.
    """
    missing = task.missing()
    if not missing:
        return task.piece.name
    task.folder.mkdir(parents=True, exist_ok=True)
    workshop = task.root / ".partial"
    workshop.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workshop) as scratch:
        if task.piece.is_song:
            for look in missing:
                _attempt(task, look, partial(_song_look, task, look, Path(scratch)))
            return task.piece.name
        notation = _notation(task, missing, Path(scratch))
        if notation:
            for look in missing:
                if look != PLAIN:
                    _attempt(task, look, partial(_other_look, task, look, notation, Path(scratch)))
    return task.piece.name


def read_report(path: Path) -> dict[str, Any]:
    """Read the report of a look; empty where there is none."""
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def write_failure(task: PieceTask, look: str, cause: str, seconds: float = 0.0) -> None:
    """Write the report of a look that cannot be made, with the cause."""
    (task.folder / f"{look}.npz").unlink(missing_ok=True)
    (task.folder / f"{look}.pdf").unlink(missing_ok=True)
    _write_json(
        task.folder / f"{look}{REPORT}",
        {"version": VERSION, "seed": task.seed, "failed": cause, "seconds": round(seconds, 1)},
    )


def _notation(task: PieceTask, missing: list[str], scratch: Path) -> Notation | None:
    """Load the piece as written, of a LilyPond file from its plain look; None where that cannot be made."""
    saved = task.folder / "notation.json"
    if task.piece.notation:
        _save_notation(task, task.piece.notation)
        return task.piece.notation
    if PLAIN not in missing and saved.is_file():
        return Notation.load(saved)
    made: list[Notation] = []
    reason = _attempt(task, PLAIN, lambda: _plain_look(task, scratch, made))
    for look in missing if reason else []:
        if look != PLAIN:
            write_failure(task, look, f"plain look: {reason}")
    return made[0] if made and not reason else None


def _plain_look(task: PieceTask, scratch: Path, made: list[Notation]) -> Alignment:
    piece = task.piece
    assert piece.path is not None
    pdf = scratch / "plain.pdf"
    engraving, engraved = engrave_plain(piece.path, scratch / "plain", pdf)
    look, alignment, bands = read_look(engraving)
    alignment.check()
    made.append(notation_of(engraved, bands, piece.name, piece.source, source_text(piece.path)))
    _save_notation(task, made[0])
    _save_look(task, PLAIN, look, pdf)
    return alignment


def _other_look(task: PieceTask, name: str, notation: Notation, scratch: Path) -> Alignment:
    pdf = scratch / f"{name}.pdf"
    look, alignment, _ = read_look(engrave_look(task.piece, name, notation, pdf, scratch / name, task.seed))
    alignment.check()
    _save_look(task, name, look, pdf)
    return alignment


def _song_look(task: PieceTask, name: str, scratch: Path) -> Alignment:
    """Engrave a song; in every second one the piano rests for some bars at a time."""
    piece = task.piece
    assert piece.path is not None
    text, own = source_text(piece.path), seed_of(task.seed, piece.name, "rests")
    if own % 2:
        text = with_piano_rests(text, np.random.default_rng(own))
    pdf = scratch / f"{name}.pdf"
    engraving, song = engrave_song(text, pdf)
    look, alignment, _ = read_look(engraving)
    alignment.check()
    _save_music(task, song.music(piece.name, piece.source, SONGS_LICENCE))
    _save_look(task, name, look, pdf)
    return alignment


def _attempt(task: PieceTask, look: str, make: Callable[[], Alignment]) -> str:
    """Make a look and write its report; returns the cause where it failed, else an empty string."""
    began = time.monotonic()
    try:
        alignment = make()
    except (LivefollowError, MisalignedError) as error:
        cause = str(error)
        if isinstance(error, EngravingError):
            cause = cause.rsplit(".ly: ", maxsplit=1)[-1]
        write_failure(task, look, cause, time.monotonic() - began)
        return cause
    size = sum((task.folder / f"{look}{suffix}").stat().st_size for suffix in (".npz", ".pdf"))
    _write_json(
        task.folder / f"{look}{REPORT}",
        {"version": VERSION, "seed": task.seed, **vars(alignment)}
        | {"bytes": size, "seconds": round(time.monotonic() - began, 1)},
    )
    return ""


def _save_look(task: PieceTask, name: str, look: ScoreLook, pdf: Path) -> None:
    pdf.replace(task.folder / f"{name}.pdf")
    look.save(task.folder / f"{name}.npz")


def _save_notation(task: PieceTask, notation: Notation) -> None:
    with whole_file(task.folder / "notation.json") as unfinished:
        notation.save(unfinished)
    _save_music(task, notation.music())


def _save_music(task: PieceTask, music: Music) -> None:
    with whole_file(task.folder / "music.json") as unfinished:
        music.save(unfinished)
    with whole_file(task.folder / "score.mid") as unfinished:
        write_score(unfinished, [(0.0, music)])


def _write_json(path: Path, data: dict[str, Any]) -> None:
    with whole_file(path) as unfinished:
        unfinished.write_text(json.dumps(data) + "\n", encoding="utf-8")
