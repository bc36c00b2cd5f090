"""`livefollow data cases`: benchmark cases from a dataset, of one kind of difficulty each, the same from the same seed.

A case is a folder: score.pdf, performance.ogg, truth.csv, meta.json, score.mid, performance.mid.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pymupdf

from livefollow.constants import SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.train.case_truth import TRUTH, Part, TruthRow, parts_of, staff_space, truth_rows
from livefollow.train.dataset import ScoreLook
from livefollow.train.microphones import Microphone, draw_microphone
from livefollow.train.midi_files import write_performance, write_score
from livefollow.train.mixing import Scene, Sound, mix
from livefollow.train.music import Music
from livefollow.train.noise import Noise, NoiseBank, write_clips
from livefollow.train.pianos import HELD_OUT_PIANO, open_piano, training_pianos
from livefollow.train.played import Played
from livefollow.train.playing import play
from livefollow.train.recordings import EVALUATION_SPLITS, evaluation_responses, training_responses, write_vorbis
from livefollow.train.sampler import Note
from livefollow.train.scanned_pages import scan
from livefollow.train.styles import PLAIN, PRESETS, Style

LONG_PAGES = 6
BETWEEN_S = (2.0, 5.0)  # from one piece's end to the next one's beginning
LENGTH_S = (25.0, 240.0)  # of a case's music as its score wants it, but for long ones
ATTEMPTS = 30  # at drawing a performance in which the player does what the case is about
PEAK = 0.6


@dataclass(frozen=True)
class Kind:
    """What is difficult about a case."""

    style: Style
    jump: str = ""  # that the performance must have: back, skip, stop
    repeats: bool = False  # the piece must have repeats
    pages: int = 1  # at least
    scanned: bool = False
    noisy: bool = False


STEADY = replace(PLAIN, repeats=0.0)
KINDS = {
    "plain": Kind(STEADY),
    "slow_practice": Kind(replace(PRESETS["slow_practice"], repeats=0.0, pause=0.0)),
    "stops": Kind(replace(STEADY, name="stops", pause=0.08, pause_s=(3.0, 12.0)), jump="stop"),
    "jumps_back": Kind(replace(STEADY, name="jumps_back", jump=0.06), jump="back"),
    "skips": Kind(replace(STEADY, name="skips", skip=0.08), jump="skip"),
    "repeats": Kind(replace(STEADY, name="repeats", repeats=1.0), repeats=True),
    "long": Kind(STEADY, pages=LONG_PAGES),
    "scanned": Kind(STEADY, scanned=True),
    "noisy": Kind(STEADY, noisy=True),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--corpus", type=Path, required=True, help="folder with pianos/ and rooms/ in it")
    parser.add_argument("--data", type=Path, required=True, help="the dataset, with scores/ in it")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the cases")
    parser.add_argument("--split", default="test", help="folder of scores/ (test)")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS), metavar="KIND")
    parser.add_argument("--per-kind", type=int, default=3, metavar="N", help="cases of each kind (3)")
    parser.add_argument("--look", default="*", help="of the scores, a file name pattern without .npz (any)")
    parser.add_argument("--seed", type=int, default=0, help="decides everything (0)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the cases that are missing.

    Raises:
        LivefollowError: no scores that fit, or a piano, room or program is missing.
    """
    write_clips(args.data / "noise")
    bank = NoiseBank(args.data / "noise")
    evaluation = args.split in EVALUATION_SPLITS
    responses = evaluation_responses(args.corpus) if evaluation else training_responses(args.corpus)
    pianos = [HELD_OUT_PIANO] if evaluation else training_pianos()
    for kind in args.kinds:
        rng = np.random.default_rng([args.seed, zlib.crc32(kind.encode())])
        choices = draw_scores(args.data / "scores" / args.split, KINDS[kind], args.look, rng)
        number = 0
        while number < args.per_kind:
            scores = next(choices, None)
            if scores is None:
                print(f"no more scores for {kind}: {number} of {args.per_kind} cases", file=sys.stderr)
                break
            own = np.random.default_rng([args.seed, zlib.crc32(kind.encode()), number])
            try:
                case = perform(scores, KINDS[kind], own)
                rows = truth_rows(case)
            except LivefollowError as error:
                print(f"{kind}: another score is taken: {error}", file=sys.stderr)
                continue
            folder = args.out / f"{kind}_{number:02d}"
            number += 1
            if (folder / "meta.json").exists():
                continue
            piano = str(own.choice(pianos))
            dry = open_piano(piano, args.corpus).render(_notes(case), SAMPLE_RATE, case[0].played.tuning_hz)
            sound = mix(dry, _scene(responses, KINDS[kind], own), bank, own)
            write(folder, case, rows, sound, KINDS[kind], own, {"kind": kind, "seed": args.seed, "piano": piano})
            print(f"{folder.name}: {', '.join(part.music.name for part in case)}, {len(sound) / SAMPLE_RATE:.0f} s")
    return 0


def draw_scores(folder: Path, kind: Kind, look: str, rng: np.random.Generator) -> Iterator[list[tuple[Music, Path]]]:
    """Pieces in drawn order, each with one of its looks (an npz); several at once where one has too few pages.

    Raises:
        LivefollowError: there are none.
    """
    pieces = sorted(folder.glob("*/music.json"))
    if not pieces:
        raise LivefollowError(f"{folder} has no pieces: run livefollow data scores first")
    bound: list[tuple[Music, Path]] = []
    pages = 0
    for i in rng.permutation(len(pieces)):
        looks = sorted(path for path in pieces[i].parent.glob(f"{look}.npz") if path.with_suffix(".pdf").exists())
        music = Music.load(pieces[i])
        if not looks or not _fits(music, kind):
            continue
        path = looks[int(rng.integers(len(looks)))]
        with pymupdf.open(path.with_suffix(".pdf")) as document:  # type: ignore[no-untyped-call, unused-ignore]
            pages += len(document)
        bound.append((music, path))
        if pages >= kind.pages:
            yield bound
            bound, pages = [], 0


def perform(scores: Sequence[tuple[Music, Path]], kind: Kind, rng: np.random.Generator) -> list[Part]:
    """Play scores one after the other, each performance with what the kind asks for.

    Raises:
        LivefollowError: no such performance could be drawn.
    """
    played = []
    for music, _ in scores:
        for _ in range(ATTEMPTS):
            performance = play(music, kind.style, rng)
            if not kind.jump or any(j.kind == kind.jump and not j.repeat for j in performance.jumps):
                break
        else:
            raise LivefollowError(f"{music.name} is too short for a performance with a {kind.jump}")
        played.append(performance)
    gaps = rng.uniform(*BETWEEN_S, len(scores))
    return parts_of([(music, ScoreLook.load(path), path) for music, path in scores], played, gaps.tolist())


def write(
    folder: Path,
    parts: Sequence[Part],
    rows: Sequence[TruthRow],
    sound: Sound,
    kind: Kind,
    rng: np.random.Generator,
    more: dict[str, Any],
) -> None:
    """Write a case; `meta.json` comes last, so a case that has one is whole.

    Args:
        folder: of the case; made.
        parts: what was played, of which scores.
        rows: from `truth_rows`.
        sound: (n,) at 22.05 kHz.
        kind: of case.
        rng: draws the scan.
        more: for `meta.json`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pdf = folder / "score.pdf"
    bind([part.pdf for part in parts], pdf)
    if kind.scanned:
        engraved = folder / "engraved.pdf"
        pdf.rename(engraved)
        skews = scan(engraved, pdf, rng)
        engraved.unlink()
        rows = [row.moved(skews[row.page - 1]) for row in rows]
    with (folder / "truth.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(TRUTH)
        writer.writerows(row.cells() for row in rows)
    keys = np.concatenate([part.keys() for part in parts])
    write_performance(folder / "performance.mid", keys)
    write_score(folder / "score.mid", [(part.begin, part.music) for part in parts])
    write_vorbis(folder / "performance.ogg", sound * np.float32(PEAK / np.abs(sound).max()), SAMPLE_RATE)
    meta = {
        "origin": "; ".join(f"{part.music.source}, look {part.pdf.stem}" for part in parts) + "; played by livefollow",
        "licence": "; ".join(sorted({part.music.licence for part in parts})),
        "staff_space_pt": round(median(staff_space(part.pdf) for part in parts), 4),
        "onsets": len(rows),
        "jumps": [{"t": round(j.t, 3), "kind": j.kind} for part in parts for j in part.jumps() if not j.repeat],
        "repeats": [round(j.t, 3) for part in parts for j in part.jumps() if j.repeat],
        "pauses": [{"t": round(t, 3), "duration_s": round(s, 3)} for part in parts for t, s in part.pauses()],
        "tuning_hz": round(parts[0].played.tuning_hz, 2),
        "style": asdict(kind.style)["name"],
        **more,
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def bind(pdfs: Sequence[Path], out: Path) -> None:
    """Bind PDFs into one."""
    with pymupdf.open() as bound:  # type: ignore[no-untyped-call, unused-ignore]
        for path in pdfs:
            with pymupdf.open(path) as document:  # type: ignore[no-untyped-call, unused-ignore]
                bound.insert_pdf(document, links=False, annots=False)
        bound.set_metadata({})
        bound.xref_set_key(-1, "ID", "null")
        bound.save(out, garbage=3, deflate=True, no_new_id=True)


def _fits(music: Music, kind: Kind) -> bool:
    seconds = 60 * music.end / float(np.mean([mark for _, mark in music.tempo]))
    return LENGTH_S[0] <= seconds <= LENGTH_S[1] and (not kind.repeats or music.with_repeats != music.straight)


def _notes(parts: Sequence[Part]) -> list[Note]:
    shifted = [replace(part.played, keys=part.keys()) for part in parts]
    return [note for played in shifted for note in Played.notes(played)]


def _scene(responses: Sequence[Sound], kind: Kind, rng: np.random.Generator) -> Scene:
    response = responses[int(rng.integers(len(responses)))]
    if not kind.noisy:
        return Scene(response, [Noise("background", 45.0)], Microphone(gain_db=-6.0))
    disturbances = [Noise(str(k), float(rng.uniform(8, 18))) for k in rng.choice(("speech", "metronome", "pages"), 1)]
    microphone = replace(draw_microphone(rng), gain_db=-10.0)
    return Scene(response, [Noise("background", float(rng.uniform(12, 22))), *disturbances], microphone)
