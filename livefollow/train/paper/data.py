"""Data of the paper's agents: sheets, frames of the score as it would sound, and the place of each onset.

Tunes and pieces are played as printed from beginning to end on MSMD's piano, without repeats or skips: the
cursor of the paper cannot jump. Each look of a piece counts as a piece. Rendered once and kept beside the
dataset, until the look that they were made from changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from numpy.lib.npyio import NpzFile

from livefollow.constants import FPS, SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.features.frames import Framer, bands_of
from livefollow.follow.paper.state import MSMD, NOTTINGHAM, ByteArray, PaperTask, half_sheets, narrow_sheet
from livefollow.storage import whole_file
from livefollow.train.data.corpus.pieces import is_added
from livefollow.train.data.notation.music import Music, Section
from livefollow.train.data.performance.performance import Played
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.styles import PRESETS, Style
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.data.sound.pianos import SCORE_PIANO, open_piano

VERSION = 2  # of stored pieces: 1 had MSMD's sheets at every second px only
PEAK = 0.6  # of full scale, as recordings of cases have it
SPLITS = {
    NOTTINGHAM: {split: f"nottingham-{split}" for split in ("train", "valid", "test", "transposed")},
    MSMD: {split: split for split in ("train", "valid", "test")},
}
Onsets = Sequence[tuple[float, float]]  # quarter note, as printed, and second
LOOKS = {NOTTINGHAM: "*", MSMD: "lilypond"}


@dataclass(frozen=True, eq=False)
class PaperPiece:
    """A piece to be followed: sheet, sound and truth.

    Attributes:
        name: of the piece.
        sheet: (height, W) uint8 ink, W cursor px wide, `paper.state.sheet_of`.
        frames: (T, 78) float16.
        onset_frame: (m,) when each onset falls: frame i ends at i.
        onset_x: (m,) where it is printed, cursor px; rising.
    """

    name: str
    sheet: ByteArray
    frames: npt.NDArray[np.float16]
    onset_frame: npt.NDArray[np.float64]
    onset_x: npt.NDArray[np.float64]

    @property
    def first(self) -> int:
        """The first frame that hears the first onset: where an episode begins."""
        return int(np.floor(self.onset_frame[0])) + 1

    @property
    def last(self) -> int:
        """The frame at which the last onset is reached: where an episode ends."""
        return max(self.first + 1, int(np.ceil(self.onset_frame[-1])))

    @cached_property
    def true_x(self) -> npt.NDArray[np.float64]:
        """(last + 1,) cursor px of the player at the end of each frame, linear between onsets (paper, section 2.3)."""
        return np.interp(np.arange(self.last + 1), self.onset_frame, self.onset_x)


def pieces_of(
    data: Path, task: PaperTask, split: str, limit: int | None = None, *, added: bool = False
) -> list[PaperPiece]:
    """Load the pieces of a split, by name, once in every look; renders those that are missing or of an older look.

    Args:
        data: the dataset, with scores/ in it.
        task: Nottingham or MSMD.
        split: train, valid, test, or of Nottingham transposed: the tunes to learn from in other keys.
        limit: only so many, at equal distances.
        added: with the pieces that are not the paper's, too.

    Raises:
        LivefollowError: there are no scores, or no piano.
    """
    return [piece_of(data, task, split, look) for look in looks_of(data, task, split, limit, added=added)]


def piece_of(data: Path, task: PaperTask, split: str, look: Path) -> PaperPiece:
    """Load the piece of one look; see `pieces_of`."""
    kept = data / "paper" / task.name / split
    kept.mkdir(parents=True, exist_ok=True)
    file = kept / f"{look.parent.name}.{look.stem}.npz"
    if not file.is_file() or not is_current(file, look):
        save_piece(render_piece(task, look), file, look)
    return load_piece(file)


def looks_of(data: Path, task: PaperTask, split: str, limit: int | None = None, *, added: bool = False) -> list[Path]:
    """The looks, npz files with a PDF beside each, that `pieces_of` makes pieces of, in its order.

    Raises:
        LivefollowError: there are none.
    """
    folder = data / "scores" / SPLITS[task][split]
    paths = [path for path in sorted(folder.glob(f"*/{LOOKS[task]}.npz")) if (path.parent / "music.json").is_file()]
    if (task, split) == (MSMD, "train") and not added:
        paths = [path for path in paths if not is_added(Music.load(path.parent / "music.json").source)]
    if not paths:
        raise LivefollowError(f"{folder} has no scores: run livefollow data scores --splits {folder.name} first")
    if limit and limit < len(paths):
        paths = [paths[k * len(paths) // limit] for k in range(limit)]
    return paths


def render_piece(task: PaperTask, look_path: Path) -> PaperPiece:
    """Render a piece from its look's npz and the music.json beside it."""
    music, played, frames = _played(look_path.parent / "music.json")
    return performed_piece(task, ScoreLook.load(look_path), music.name, onsets_of(played), frames)


def performed_piece(
    task: PaperTask, look: ScoreLook, name: str, onsets: Onsets, frames: npt.NDArray[np.float32]
) -> PaperPiece:
    """Put together a look and a performance from beginning to end.

    Args:
        task: Nottingham or MSMD.
        look: of the piece.
        name: of the piece.
        onsets: when each sounds.
        frames: (T, 78) of its sound.

    Raises:
        ValueError: no onset is printed.
    """
    sheet = narrow_sheet(look.bands) if task == NOTTINGHAM else half_sheets(look.image)
    places = places_of(look)
    printed = [(s * FPS - 1, places[q]) for q, s in onsets if q in places]
    onset_frame, onset_x = np.array(printed, np.float64).T
    # The player never goes back: an onset that is printed left of one before it counts for nothing.
    rising = np.concatenate([[True], np.diff(np.maximum.accumulate(onset_x)) > 0])
    onset_frame, onset_x = onset_frame[rising], onset_x[rising] * task.strip_px
    return PaperPiece(name, sheet, frames.astype(np.float16), onset_frame, onset_x)


def onsets_of(played: Played) -> Onsets:
    """When each onset of a performance sounds."""
    onsets: Onsets = played.onsets[["quarter", "onset_s"]].tolist()
    return onsets


def played_through(music: Music, style: Style, rng: np.random.Generator) -> Played:
    """Play a piece as printed from beginning to end, without repeats or skips."""
    return play(replace(music, straight=[Section(0.0, music.end)]), style, rng)


def frames_of_sound(sound: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The frames (T, 78) of a sound that is brought to PEAK."""
    return bands_of(Framer().push(sound * np.float32(PEAK / np.abs(sound).max())))


@lru_cache(maxsize=1)  # the looks of a piece come one after the other
def _played(path: Path) -> tuple[Music, Played, npt.NDArray[np.float32]]:
    """A piece's music, a performance as the score has it, and the frames of its sound."""
    music = Music.load(path)
    played = played_through(music, PRESETS["score"], np.random.default_rng(0))
    sound = open_piano(SCORE_PIANO, Path()).render(played.notes(), SAMPLE_RATE, played.tuning_hz)
    return music, played, frames_of_sound(sound)


def places_of(look: ScoreLook) -> dict[float, float]:
    """Map printed onsets, quarter notes, to strip x: the median of their heads in the first system with any."""
    by_onset: dict[float, list[tuple[int, int, float]]] = defaultdict(list)
    struck = look.heads[(look.heads["grace"] == 0) & ~look.heads["tied"] & ~look.heads["cue"]]
    for head in struck:
        by_onset[float(head["onset"])].append((int(head["page"]), int(head["system"]), float(head["x"])))
    out = {}
    for onset, heads in by_onset.items():
        system = min(heads)[:2]
        out[onset] = float(np.median([x for *at, x in heads if tuple(at) == system]))
    return out


def is_current(path: Path, look: Path) -> bool:
    """Whether a stored piece was made from the look as it is now, by size, time of change and VERSION.

    Raises:
        LivefollowError: it is no such file.
    """
    with _opened(path) as file:
        return bool(np.array_equal(file["look"], _stamp(look)))


def save_piece(piece: PaperPiece, path: Path, look: Path) -> None:
    """Write a piece as npz, with the stamp of its look; the file appears only when it is whole."""
    arrays = {name: getattr(piece, name) for name in ("sheet", "frames", "onset_frame", "onset_x")}
    with whole_file(path) as partial, partial.open("wb") as file:
        np.savez_compressed(file, name=piece.name, look=_stamp(look), **arrays)


def load_piece(path: Path) -> PaperPiece:
    """Read what `save_piece` wrote.

    Raises:
        LivefollowError: it is no such file.
    """
    with _opened(path) as file:
        return PaperPiece(str(file["name"]), *(file[n] for n in ("sheet", "frames", "onset_frame", "onset_x")))


def _stamp(look: Path) -> npt.NDArray[np.int64]:
    """Size in bytes, time of change in ns, and VERSION."""
    status = look.stat()
    return np.array([status.st_size, status.st_mtime_ns, VERSION], np.int64)


@contextmanager
def _opened(path: Path) -> Iterator[NpzFile]:
    try:
        with np.load(path, allow_pickle=False) as file:
            yield file
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise LivefollowError(f"{path} cannot be read: remove it, and it is made again") from error
