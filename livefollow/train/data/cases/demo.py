"""Make the demo: `python -m livefollow.train.data.cases.demo --corpus DIR --out assets/demo`.

From `score.ly` in the output folder, and the sampled piano in the corpus, it writes the typeset score, a recording of
a simulated performance, and its truth. The same seed makes the same performance.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt

from livefollow.train.data.cases.simple_player import Performance, SimpleStyle, perform
from livefollow.train.data.cases.truth import TRUTH, TruthRow
from livefollow.train.data.engraving.lilypond_compiler import without_links
from livefollow.train.data.engraving.lilypond_noteheads import EngravedScore, Notehead, engrave_noteheads
from livefollow.train.data.performance.recordings import write_vorbis
from livefollow.train.data.sound.rooms import Room, in_room, room_response
from livefollow.train.data.sound.sampler import Sampler

SAMPLE_RATE = 44_100
SEED = 846
PIANO = Path("pianos/splendid/Splendid Grand Piano.sfz")
ROOM = Room(size=(6.2, 4.7, 2.9), piano=(2.1, 1.6, 1.0), microphone=(3.6, 2.9, 1.3), rt60=0.45)
SILENCE_S = 1.5  # before the first note
BETWEEN_S = 3.2  # from one piece's end to the next one's start
TAIL_S = 1.5  # of the room's noise after the last note has died away
PEAK = 0.6
NOISE_DB = -62.0  # of the room's noise, relative to the recording's peak

BAR_C, BAR_3 = 4.0, 3.0  # quarter notes
STYLES = [
    SimpleStyle(
        beats_per_minute=63,
        phrases=[BAR_C * bar for bar in (0, 4, 11, 19, 24, 31, 35)],
        pedal=BAR_C / 2,
        velocity=52,
        melody=7,
        pauses=[(BAR_C * 14, 4.0)],
    ),
    SimpleStyle(
        beats_per_minute=116,
        phrases=[BAR_3 * bar for bar in (0, 8, 16, 24, 32)],
        start=0.85,
        velocity=58,
        detached=0.85,
    ),
]


def main(argv: list[str] | None = None) -> int:
    """Remake everything in the demo's folder but `score.ly` and the README."""
    parser = argparse.ArgumentParser(
        prog="python -m livefollow.train.data.cases.demo", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder with pianos/splendid in it")
    parser.add_argument("--out", type=Path, required=True, help="the demo's folder, with score.ly in it")
    args = parser.parse_args(argv)
    out: Path = args.out
    with tempfile.TemporaryDirectory() as scratch:
        engraved = engrave_noteheads(out / "score.ly", Path(scratch))
        without_links(engraved.pdfs[0], out / "score.pdf")
    performances = play(engraved.noteheads)
    sound = record(performances, args.corpus / PIANO)
    write_vorbis(out / "performance.ogg", sound, SAMPLE_RATE)
    rows = truth(engraved, performances)
    with (out / "truth.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TRUTH)
        writer.writerows(row.cells() for row in rows)
    (out / "meta.json").write_text(json.dumps(meta(engraved, performances), indent=1) + "\n")
    print(f"{len(rows)} onsets, {len(sound) / SAMPLE_RATE:.1f} s")
    return 0


def play(noteheads: Sequence[Notehead]) -> list[Performance]:
    """Perform the scores one after the other; one `Performance` a score, seconds of the recording."""
    random = np.random.default_rng(SEED)
    performances: list[Performance] = []
    start = SILENCE_S
    for score, style in enumerate(STYLES):
        performances.append(perform([n for n in noteheads if n.score == score], style, start, random))
        start = performances[-1].end + BETWEEN_S
    return performances


def record(performances: Sequence[Performance], piano: Path) -> npt.NDArray[np.float32]:
    """Render performances on a piano in a room: mono (n,) at `SAMPLE_RATE`, with the room's noise.

    Raises:
        PianoError: the piano cannot be read.
    """
    notes = [note for performance in performances for note in performance.notes]
    sound = in_room(Sampler(piano).render(notes, SAMPLE_RATE), room_response(ROOM, SAMPLE_RATE))
    sound = np.concatenate([sound, np.zeros(round(TAIL_S * SAMPLE_RATE), np.float32)])
    sound *= PEAK / np.abs(sound).max()
    noise = np.random.default_rng(SEED).normal(0, 1, len(sound))
    spectrum = np.fft.rfft(noise)
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20 * len(sound) / SAMPLE_RATE))  # pink above 20 Hz
    noise = np.fft.irfft(spectrum, len(sound))
    noise *= PEAK * 10 ** (NOISE_DB / 20) / noise.std()
    return (sound + noise).astype(np.float32)


def truth(engraved: EngravedScore, performances: Sequence[Performance]) -> list[TruthRow]:
    """Find where each score onset is printed, in the order played; heads of one onset are merged."""
    rows = []
    for score, performance in enumerate(performances):
        for onset, second in sorted(performance.onsets.items()):
            heads = [
                n for n in engraved.noteheads if (n.score, n.onset) == (score, onset) and not n.tied and not n.grace
            ]
            first = heads[0]
            system = engraved.systems[first.pdf][first.page][first.system]
            rows.append(
                TruthRow(
                    second,
                    first.page + 1,
                    first.system + 1,
                    median(n.x for n in heads),
                    median(n.y for n in heads),
                    system.top,
                    system.bottom,
                )
            )
    return rows


def meta(engraved: EngravedScore, performances: Sequence[Performance]) -> dict[str, object]:
    """The content of the demo's `meta.json`."""
    spaces = [s.space for page in engraved.systems[0] for system in page for s in system.staves]
    pauses = []
    for style, performance in zip(STYLES, performances, strict=True):
        for before, length in style.pauses:
            resumed = min(second for onset, second in performance.onsets.items() if onset >= before)
            pauses.append({"t": round(resumed - length, 3), "duration_s": length})
    first, second = performances
    resumed = min(second.onsets.values())
    pauses.append({"t": round(first.end, 3), "duration_s": round(resumed - first.end, 3)})
    return {
        "origin": "Prelude in C major BWV 846 (J. S. Bach) and Minuet in G major BWV Anh. 114 (C. Petzold); typeset "
        "and performed by livefollow's own programs on the Splendid Grand Piano (public domain) in a simulated room",
        "staff_space_pt": round(median(spaces), 4),
        "jumps": [{"t": round(p["t"] + p["duration_s"], 3), "kind": "stop"} for p in pauses],
        "pauses": pauses,
    }


if __name__ == "__main__":
    raise SystemExit(main())
