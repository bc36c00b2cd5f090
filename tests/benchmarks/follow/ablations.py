"""What to improve next: the localizer on networks that make no mistakes of some kind.

    python -m tests.benchmarks.follow.ablations CASES... --data DIR --cache DIR [--only WORD] [--models DIR] [--whole]

The truth about a page is that of the dataset's look that the case was made of, the truth about a sound the keys of
`performance.mid`; cases of one piece only. Each row replaces a part of what a network says by the truth:

reader: *note values*, *pitches* of the events it found, or *all*, events and marks included;
listener: *nothing missed* (true onsets are added), *nothing false* (what is no true onset within a frame is taken
away), or *all*.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import mido  # type: ignore[import-not-found, import-untyped, unused-ignore]
import numpy as np

from livefollow.constants import FPS
from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.evaluate.metrics import evaluate
from livefollow.evaluate.output import Measured, table
from livefollow.evaluate.summary import Result
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.score.reading import Reading
from livefollow.score.strip import Strip
from livefollow.train.data.performance.performance import KEY
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.localizer.heard import CaseHeard, Read, follow, said_of
from tests.simulated import listen, oracle_reading

NEAR_PX = 8.0
SURE = 0.95
Readers = dict[str, Callable[[Reading, Reading], Reading]]
Listeners = dict[str, Callable[[CaseHeard, CaseHeard], CaseHeard]]


def true_reading(case: Case, score: Read, data: Path) -> Reading:
    """What is printed, on the strip that the reader saw.

    Raises:
        LookupError: the dataset does not have the case's look.
    """
    strip = Strip()
    strip.placements.extend(score.placements)
    source, name = origin(case)
    found = [p for p in (data / "scores").glob(f"*/*/{name}.npz") if source_of(p.parent) == source]
    if len(found) != 1:
        raise LookupError(f"{case.name}: {len(found)} looks {name} of {source}")
    look = ScoreLook.load(found[0])
    heads = look.heads.copy()
    heads["x"] = [strip.from_page(int(h["page"]), float(h["x_pt"]), float(h["y_pt"])) for h in heads]
    # Bar lines stand where the look's own strip has them, but for shifts of whole systems.
    shift = heads["x"] - look.heads["x"]
    marks = look.marks.copy()
    marks["x"] += [shift[np.abs(look.heads["x"] - x).argmin()] for x in marks["x"].tolist()]
    reading = oracle_reading(replace(look, heads=heads, marks=marks))[0]
    starts = np.array([place.x0 for place in strip.placements])
    system = np.searchsorted(starts, reading.x, side="right") - 1
    return replace(reading, system=np.maximum(0, system).astype(np.int32))


def origin(case: Case) -> tuple[str, str]:
    """Source and look of a case.

    Raises:
        LookupError: it is of several pieces.
    """
    parts = json.loads((case.folder / "meta.json").read_text())["origin"].split("; ")[:-1]
    if len(parts) != 1:
        raise LookupError(f"{case.name} is of {len(parts)} pieces")
    source, look = parts[0].rsplit(", look ", 1)
    return source, look


def source_of(piece: Path) -> str:
    """Source of a piece of the dataset."""
    return str(json.loads((piece / "music.json").read_text())["source"])


def keys_of(case: Case) -> np.ndarray:
    """The keys that were pressed, of KEY."""
    now, down, keys = 0.0, {}, []
    for message in mido.MidiFile(case.folder / "performance.mid"):
        now += message.time
        if message.type == "note_on" and message.velocity:
            down[message.note] = (now, message.velocity)
        elif message.type in ("note_on", "note_off") and message.note in down:
            since, velocity = down.pop(message.note)
            keys.append((since, now, message.note, velocity, np.nan, 0))
    return np.array(sorted(keys), KEY)


def true_hearing(case: Case, frames: int) -> CaseHeard:
    """What was played, as a listener without fault says it."""
    onsets, sounding, level = listen(keys_of(case), frames / FPS, np.random.default_rng(0), 0.0)
    return CaseHeard(onsets[:frames], sounding[:frames], level[:frames])


def widened(at: np.ndarray) -> np.ndarray:
    """True also one frame before and after."""
    wide = at.copy()
    wide[1:] |= at[:-1]
    wide[:-1] |= at[1:]
    return wide


def with_true(field: str) -> Callable[[Reading, Reading], Reading]:
    """Replaces a field of the events that are printed, too."""

    def replaced(said: Reading, true: Reading) -> Reading:
        if not len(said) or not len(true):
            return said
        nearest = np.abs(said.x[:, None] - true.x[None]).argmin(1)
        near = np.abs(said.x - true.x[nearest]) <= NEAR_PX
        values = getattr(said, field).copy()
        values[near] = getattr(true, field)[nearest[near]]
        return replace(said, **{field: values})

    return replaced


def nothing_missed(said: CaseHeard, true: CaseHeard) -> CaseHeard:
    """True onsets are added where none is heard within a frame."""
    struck = true.onsets > 0.5
    missed = struck & ~widened(said.onsets > 0.2)
    return replace(said, onsets=np.where(missed, np.float32(SURE), said.onsets))


def nothing_false(said: CaseHeard, true: CaseHeard) -> CaseHeard:
    """What is no true onset within a frame is taken away."""
    return replace(said, onsets=np.where(widened(true.onsets > 0.5), said.onsets, np.float32(0)))


READERS: Readers = {
    "read": lambda said, true: said,
    "true note values": with_true("beats"),
    "true pitches": with_true("pitches"),
    "true": lambda said, true: true,
}
LISTENERS: Listeners = {
    "heard": lambda said, true: said,
    "nothing missed": nothing_missed,
    "nothing false": nothing_false,
    "true": lambda said, true: replace(true, loudness=said.loudness),
}
ROWS = [("read", "heard"), *((name, "heard") for name in READERS if name != "read")]
WHOLE = [("read", "heard"), ("true", "heard"), ("read", "true"), ("true", "true")]
ROWS += [*(("read", name) for name in LISTENERS if name != "heard"), ("true", "true")]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--whole", action="store_true", help="only whole networks are replaced")
    args = parser.parse_args()
    for path in args.cases:
        known = []
        for folder in find_cases([path], args.only):
            case = load_case(folder)
            score, heard = said_of(case, args.models, args.cache)
            try:
                known.append(
                    (case, score, heard, true_reading(case, score, args.data), true_hearing(case, len(heard.onsets)))
                )
            except LookupError as error:
                print(f"left out: {error}")
        rows = []
        for reader, listener in WHOLE if args.whole else ROWS:
            results = []
            for case, score, heard, page, keys in known:
                read = Read(score.placements, READERS[reader](score.reading, page))
                track = follow(read, LISTENERS[listener](heard, keys), DEFAULTS)
                results.append(Result(case, track, evaluate(case, track)))
            rows.append(Measured(f"reader {reader}, listener {listener}", True, results, {}))
        print(f"{path.name}, {len(known)} cases\n{table(rows)}", flush=True)


if __name__ == "__main__":
    main()
