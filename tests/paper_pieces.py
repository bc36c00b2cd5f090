"""Pieces made of dots: a note is a dot on the sheet and a tone in the frames."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from livefollow.constants import N_BINS
from livefollow.follow.paper.state import NOTTINGHAM, TASKS, PaperTask
from livefollow.train.data.notation.music import Music
from livefollow.train.paper.data import SPLITS, PaperPiece, save_piece


def dotted_piece(seed: int = 0, task: PaperTask = NOTTINGHAM, notes: int = 12) -> PaperPiece:
    rng = np.random.default_rng(seed)
    onset_frame = 9 + np.cumsum(rng.integers(3, 8, notes)).astype(np.float64)
    onset_x = 30.5 + np.cumsum(rng.integers(8, 20, notes)).astype(np.float64)
    heights = rng.integers(2, task.height - 4, notes)
    sheet = np.zeros((task.height, int(onset_x[-1]) + 40 * task.px), np.uint8)
    frames = np.zeros((int(onset_frame[-1]) + 20, N_BINS), np.float16)
    for at, x, row in zip(onset_frame, onset_x, heights, strict=True):
        sheet[row : row + 3, int(x) - task.px : int(x) + 2 * task.px] = 255
        frames[int(at) + 1 : int(at) + 6, row : row + 3] += 1
    return PaperPiece(f"dots-{seed}", sheet, frames, onset_frame, onset_x)


def write_dataset(folder: Path, each: int = 2) -> Path:
    """A dataset of dotted pieces, rendered already: `each` of both tasks and every split."""
    for task in TASKS.values():
        for split, scores in SPLITS[task].items():
            for seed in range(each):
                piece = dotted_piece(seed, task)
                look = folder / "scores" / scores / piece.name / "lilypond.npz"
                look.parent.mkdir(parents=True)
                look.touch()
                Music(piece.name, f"mutopia/{piece.name}.ly", "CC0", [], [], []).save(look.parent / "music.json")
                kept = folder / "paper" / task.name / split
                kept.mkdir(parents=True, exist_ok=True)
                save_piece(piece, kept / f"{piece.name}.{look.stem}.npz", look)
    return folder
