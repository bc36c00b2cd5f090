"""Training data of the reader: single staff systems, cut from the looks of a dataset, with their labels.

The bands of all systems lie in one file that is mapped into memory, written when it is first asked for: opening it
costs nothing, and several processes share it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT, COLUMN, LOWEST_PITCH, N_PITCHES, STAFF_SPACE
from livefollow.errors import LivefollowError
from livefollow.score.reading import BEAT_CLASSES, N_MARKS
from livefollow.storage import whole_file
from livefollow.train.data.held_out import EVALUATION_SPLITS, HELD_OUT_LOOK
from livefollow.train.data.score_look import ScoreLook

VERSION = 2
HALF_PLACES = 16  # lines and spaces above the middle line, and below it, that are in a band
PLACES = 2 * HALF_PLACES + 1  # all of them, from the lowest
MIDDLE_LINE = BAND_HEIGHT / 2 + 0.5  # px from the band's upper edge
NO_BEATS = -1  # class of a column without an event, or of the piece's last event

# pitches[first:first + count], and as much of heads
EVENT = np.dtype(
    [("x", "f4"), ("beats", "f4"), ("first", "i4"), ("count", "i4"), ("first_head", "i4"), ("heads", "i4")]
)
MARK = np.dtype([("x", "f4"), ("kind", "i1")])

ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Printed:
    """The events and marks printed on one system, x in px from its left end.

    Attributes:
        x: (E,) middle of each event, rising.
        beats: (E,) quarter notes until the next event, NaN for the piece's last.
        pitches: E arrays of pitches, 0 for LOWEST_PITCH, that are struck.
        marks: (M,) of MARK.
        heads: E arrays of where the heads of those stand: lines and spaces of the upper staff's band from the lowest,
            and of the lower one's behind them.
    """

    x: npt.NDArray[np.float32]
    beats: npt.NDArray[np.float32]
    pitches: Sequence[npt.NDArray[np.int16]]
    marks: npt.NDArray[Any]
    heads: Sequence[npt.NDArray[np.int16]]


@dataclass(frozen=True, eq=False)
class Targets:
    """A system's labels by columns of COLUMN px.

    Attributes:
        onset: (C,) mass of events: triangles, see `livefollow.score.reading`.
        pitches: (C, N_PITCHES) the same by pitch.
        beats: (C,) class of the event that most of the column's mass is of, else NO_BEATS.
        marks: (C, N_MARKS) mass of marks.
        heads: (C, 2 * PLACES) mass of events by where they have heads.
    """

    onset: npt.NDArray[np.float32]
    pitches: npt.NDArray[np.float32]
    beats: npt.NDArray[np.int64]
    marks: npt.NDArray[np.float32]
    heads: npt.NDArray[np.float32]


class SystemImages:
    """The systems of several looks.

    Attributes:
        widths: (n,) px.
        look: (n,) name of the look each is from.
    """

    def __init__(self, folder: Path) -> None:
        """Open what `open_systems` wrote."""
        with np.load(folder / "truth.npz", allow_pickle=False) as data:
            self._truth = {name: data[name] for name in data.files}
        self.widths: npt.NDArray[np.int64] = self._truth["widths"]
        self.look: npt.NDArray[np.str_] = self._truth["look"]
        self._start = np.concatenate([[0], np.cumsum(self.widths)]) * 2 * BAND_HEIGHT
        self._bands = np.memmap(folder / "bands.u8", np.uint8, "r", shape=(int(self._start[-1]),))

    def __len__(self) -> int:
        return len(self.widths)

    def bands(self, i: int) -> ByteArray:
        """(2, BAND_HEIGHT, width) of a system, white 255."""
        flat = self._bands[self._start[i] : self._start[i + 1]]
        return np.asarray(flat.reshape(2, BAND_HEIGHT, -1))

    def printed(self, i: int) -> Printed:
        """The events and marks of a system."""
        t = self._truth
        events = t["events"][t["event_start"][i] : t["event_start"][i + 1]]
        marks = t["marks"][t["mark_start"][i] : t["mark_start"][i + 1]]
        pitches = [t["pitches"][e["first"] : e["first"] + e["count"]] for e in events]
        heads = [t["heads"][e["first_head"] : e["first_head"] + e["heads"]] for e in events]
        return Printed(events["x"], events["beats"], pitches, marks, heads)


def open_systems(data: Path, splits: Sequence[str], looks: str = "*", *, training: bool = True) -> SystemImages:
    """Open all systems of the looks of some splits.

    Args:
        data: the dataset's folder.
        splits: folders of `DATA/scores`.
        looks: glob on their names.
        training: they are to be learned from.

    Raises:
        LivefollowError: there are none, or a split is kept for evaluation.
    """
    if training and set(splits) & set(EVALUATION_SPLITS):
        raise LivefollowError(f"the splits {', '.join(EVALUATION_SPLITS)} are kept for evaluation")
    paths = [p for split in splits for p in sorted((data / "scores" / split).glob(f"*/{looks}.npz"))]
    if training and any(p.stem == HELD_OUT_LOOK for p in paths):
        raise LivefollowError(f"{HELD_OUT_LOOK} is held out: remove it from {', '.join(splits)}")
    if not paths:
        raise LivefollowError(
            f"{data / 'scores'} has no looks {looks} of {', '.join(splits)}: run livefollow data scores"
        )
    key = "\n".join([str(VERSION), *(f"{p.relative_to(data)} {p.stat().st_size}" for p in paths)])
    folder = data / "systems" / hashlib.sha256(key.encode()).hexdigest()[:16]
    if not (folder / "truth.npz").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder, paths)
    return SystemImages(folder)


def targets(printed: Printed, width: int) -> Targets:
    """Compute a system's labels by columns.

    Args:
        printed: with x already where it is on the picture.
        width: px of the picture, a multiple of COLUMN.
    """
    columns = width // COLUMN
    onset = np.zeros(columns, np.float32)
    pitches = np.zeros((columns, N_PITCHES), np.float32)
    beats = np.full(columns, NO_BEATS, np.int64)
    marks = np.zeros((columns, N_MARKS), np.float32)
    heads = np.zeros((columns, 2 * PLACES), np.float32)
    classes = beat_classes(printed.beats)
    for k, x in enumerate(printed.x):
        for c, mass in _triangle(float(x), columns):
            if mass > onset[c]:
                beats[c] = classes[k]
            onset[c] = min(1.0, onset[c] + mass)
            pitches[c, printed.pitches[k]] = np.minimum(1.0, pitches[c, printed.pitches[k]] + mass)
            heads[c, printed.heads[k]] = np.minimum(1.0, heads[c, printed.heads[k]] + mass)
    for mark in printed.marks:
        for c, mass in _triangle(float(mark["x"]), columns):
            marks[c, mark["kind"]] = max(marks[c, mark["kind"]], mass)
    return Targets(onset, pitches, beats, marks, heads)


def beat_classes(beats: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Classify numbers of quarter notes: the nearest class on a logarithmic scale, NO_BEATS for NaN."""
    known = np.nan_to_num(beats, nan=1.0)
    log = np.log2(np.clip(known, 2.0 ** BEAT_CLASSES[0], 2.0 ** BEAT_CLASSES[-1]))
    nearest = np.abs(log[:, None] - np.array(BEAT_CLASSES)).argmin(axis=1)
    return np.where(np.isnan(beats), NO_BEATS, nearest)


def printed_systems(look: ScoreLook) -> list[Printed]:
    """List the events and marks of each system of a look.

    An event is what is struck together: heads of one printed onset on one system that are neither tied to the one
    before nor grace notes nor cut off. It stands in the middle (median) of its heads.
    """
    heads = look.heads
    struck = heads[~heads["tied"] & (heads["grace"] == 0) & (heads["row"] >= 0) & (heads["row"] < BAND_HEIGHT)]
    onset = np.round(struck["onset"] * 960).astype(np.int64)
    times = np.unique(onset)
    following = dict(zip(times[:-1].tolist(), np.diff(times).tolist(), strict=True))
    out = []
    for _, _, x0, x1 in look.systems:
        here = (struck["x"] >= x0) & (struck["x"] < x1)
        x, beats, pitches, places = [], [], [], []
        for t in np.unique(onset[here]):
            own = struck[here & (onset == t)]
            x.append(float(np.median(own["x"])) - x0)
            beats.append(following[int(t)] / 960 if int(t) in following else np.nan)
            pitches.append(np.unique(own["pitch"].astype(np.int16) - LOWEST_PITCH).clip(0, N_PITCHES - 1))
            places.append(np.unique(_places(own)))
        order = np.argsort(x, kind="stable")
        on = (look.marks["x"] >= x0) & (look.marks["x"] < x1)
        marks = np.empty(int(on.sum()), MARK)
        marks["x"], marks["kind"] = look.marks["x"][on] - x0, look.marks["kind"][on]
        out.append(
            Printed(
                np.array(x, np.float32)[order],
                np.array(beats, np.float32)[order],
                [pitches[k] for k in order],
                marks,
                [places[k] for k in order],
            )
        )
    return out


def _places(heads: npt.NDArray[Any]) -> npt.NDArray[np.int16]:
    """Where heads stand, as `Printed.heads` says it; those of no staff of the piano's are left out."""
    own = heads[heads["staff"] >= 0]
    steps = np.round((MIDDLE_LINE - own["row"]) / (STAFF_SPACE / 2)).clip(-HALF_PLACES, HALF_PLACES)
    return (own["staff"] * PLACES + HALF_PLACES + steps).astype(np.int16)


def _triangle(x: float, columns: int) -> list[tuple[int, float]]:
    """The two columns that share an event at x, and their shares, without columns beyond the ends."""
    place = x / COLUMN - 0.5
    first = int(np.floor(place))
    share = place - first
    return [(c, m) for c, m in ((first, 1 - share), (first + 1, share)) if 0 <= c < columns and m > 0]


def _write(folder: Path, paths: Sequence[Path]) -> None:
    """Copy all systems into one file, with their labels beside it."""
    widths, names, events, marks, pitches, heads = [], [], [], [], [], []
    event_start, mark_start, n_pitches, n_heads = [0], [0], 0, 0
    with whole_file(folder / "bands.u8") as partial, partial.open("wb") as file:
        for path in paths:
            look = ScoreLook.load(path)
            for (_, _, x0, x1), printed in zip(look.systems, printed_systems(look), strict=True):
                width = int(x1 - x0) // COLUMN * COLUMN
                if not len(printed.x) or not width:
                    continue
                file.write(np.ascontiguousarray(look.bands[:, :, x0 : x0 + width]).tobytes())
                widths.append(width)
                names.append(path.stem)
                rows = np.empty(len(printed.x), EVENT)
                rows["x"], rows["beats"] = printed.x, printed.beats
                rows["count"], rows["heads"] = (list(map(len, every)) for every in (printed.pitches, printed.heads))
                rows["first"] = n_pitches + np.concatenate([[0], np.cumsum(rows["count"])[:-1]])
                rows["first_head"] = n_heads + np.concatenate([[0], np.cumsum(rows["heads"])[:-1]])
                n_pitches, n_heads = n_pitches + int(rows["count"].sum()), n_heads + int(rows["heads"].sum())
                events.append(rows)
                pitches += list(printed.pitches)
                heads += list(printed.heads)
                marks.append(printed.marks)
                event_start.append(event_start[-1] + len(rows))
                mark_start.append(mark_start[-1] + len(printed.marks))
    with whole_file(folder / "truth.npz") as partial, partial.open("wb") as file:
        np.savez_compressed(
            file,
            widths=np.array(widths, np.int64),
            look=np.array(names),
            events=np.concatenate(events),
            marks=np.concatenate(marks),
            pitches=np.concatenate(pitches),
            heads=np.concatenate(heads),
            event_start=np.array(event_start),
            mark_start=np.array(mark_start),
        )
