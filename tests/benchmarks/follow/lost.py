"""What the onsets have in common at which the cursor is elsewhere: why rehearsals are lost where they are.

    python -m tests.benchmarks.follow.lost CASES... --cache DIR

Of every case, and of all, the share of onsets that are shown within half a second, and of the others those

* at which one hand plays alone, as `performance.mid` has it: in the first second of an attempt, and later;
* in the first second of an attempt with both hands: nobody could know much sooner;
* later, where what is shown sounds like what is played; where the player is lost, waited for or said to have finished;
  and the rest.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import mido
import numpy as np
import numpy.typing as npt

from livefollow.constants import LOWEST_PITCH
from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.evaluate.metrics import HEARING_S, jump_times, onset_errors
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.position import State
from livefollow.score.strip import Strip
from livefollow.train.localizer.heard import Read, follow, said_of
from livefollow.train.localizer.numbers import changed

SOON_S = 0.5  # an onset that is shown by then is not lost
FIRST_S = 1.0  # of an attempt
TOGETHER_S = 0.08  # between the keys of one onset
PRINTED = 0.5  # probability from which a pitch counts
ONE_HAND = 0.72  # share of printed notes below which an attempt was played with one hand
SAME = 0.8  # cosine from which two places sound alike
BEFORE = 4  # events of a place that are compared
CAUSES = (
    "one hand, first second",
    "one hand, later",
    "both hands, first second",
    "sounds like what is played",
    "lost or waiting",
    "finished",
    "elsewhere",
)


def keys_of(folder: Path) -> npt.NDArray[np.float64]:
    """(n, 2) seconds and pitches that were struck."""
    now, keys = 0.0, []
    for message in mido.MidiFile(folder / "performance.mid"):
        now += message.time
        if message.type == "note_on" and message.velocity:
            keys.append((now, message.note - LOWEST_PITCH))
    return np.array(keys)


def events_of(case: Case, read: Read) -> npt.NDArray[np.intp]:
    """(n,) event of the reading that each onset of a case is nearest to."""
    assert case.truth
    strip = Strip()
    strip.placements.extend(read.placements)
    places = zip(case.truth.page.tolist(), case.truth.x.tolist(), case.truth.y.tolist(), strict=True)
    x = np.array([strip.from_page(*place) for place in places])
    return np.abs(read.reading.x[None] - x[:, None]).argmin(1)


def one_hand(case: Case, read: Read, folder: Path, attempt: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """(n,) whether each onset belongs to an attempt of one hand alone."""
    assert case.truth
    keys, events = keys_of(folder), events_of(case, read)
    printed, played = np.zeros(len(events)), np.zeros(len(events))
    for i, (time_s, event) in enumerate(zip(case.truth.onset, events, strict=True)):
        struck = keys[np.abs(keys[:, 0] - time_s) < TOGETHER_S, 1]
        notes = np.flatnonzero(read.reading.pitches[event] > PRINTED)
        if len(notes) > 1:
            printed[i], played[i] = len(notes), len(np.intersect1d(notes, struck))
    alone = [played[attempt == a].sum() < ONE_HAND * printed[attempt == a].sum() for a in range(attempt.max() + 1)]
    return np.array(alone)[attempt]


def alike(pitches: npt.NDArray[np.float32], a: int, b: int) -> bool:
    """Whether the last events of two places sound alike."""
    count = min(BEFORE, a + 1, b + 1)
    one, other = pitches[a + 1 - count : a + 1], pitches[b + 1 - count : b + 1]
    length = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return bool(np.mean((one * other).sum(1) / np.maximum(length, np.finfo(np.float32).tiny)) > SAME)


def lost(folder: Path, models: Path | None, cache: Path, settings: Settings) -> tuple[int, Counter[str]]:
    """How many onsets a case has, and how many are lost for each of CAUSES."""
    case = load_case(folder)
    assert case.truth
    read, heard = said_of(case, models, cache)
    track = follow(read, heard, settings)
    errors = onset_errors(case.truth, track, case.staff_space)
    starts = np.concatenate([case.truth.onset[:1], jump_times(case.truth, case.staff_space, case.jumps)])
    attempt = np.maximum(np.searchsorted(starts, case.truth.onset + HEARING_S / 2) - 1, 0)
    first = case.truth.onset - starts[attempt] <= FIRST_S
    alone, events = one_hand(case, read, folder, attempt), events_of(case, read)
    causes: Counter[str] = Counter()
    for i in np.flatnonzero(~(np.abs(errors.seconds) <= SOON_S)):
        row = track.row_at(case.truth.onset[i : i + 1] + HEARING_S)[0]
        shown = int(np.abs(read.reading.x - track.strip_x[row]).argmin())
        if alone[i]:
            causes[CAUSES[0] if first[i] else CAUSES[1]] += 1
        elif first[i]:
            causes[CAUSES[2]] += 1
        elif shown != events[i] and alike(read.reading.pitches, shown, int(events[i])):
            causes[CAUSES[3]] += 1
        elif track.state[row] in (State.LOST, State.WAITING):
            causes[CAUSES[4]] += 1
        else:
            causes[CAUSES[5] if track.state[row] == State.FINISHED else CAUSES[6]] += 1
    return len(events), causes


def main() -> None:
    """Follow and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--set", default="", metavar="GROUP.NAME=VALUE[,...]")
    args = parser.parse_args()
    print(f"| case | within {SOON_S:g} s | {' | '.join(CAUSES)} |\n|{'---|' * (2 + len(CAUSES))}")
    rows = []
    for folder in find_cases(args.cases, args.only):
        onsets, causes = lost(folder, args.models, args.cache, changed(args.set))
        rows.append([1 - sum(causes.values()) / onsets, *(causes[cause] / onsets for cause in CAUSES)])
        print(f"| {folder.name} | {' | '.join(f'{share:.3f}' for share in rows[-1])} |", flush=True)
    print(f"| all | {' | '.join(f'{share:.3f}' for share in np.mean(rows, 0))} |")


if __name__ == "__main__":
    main()
