"""The files of a benchmark case: score.pdf, performance.ogg, truth.csv, meta.json, score.mid, performance.mid."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pymupdf

from livefollow.constants import SAMPLE_RATE
from livefollow.train.data.cases.kinds import CaseKind
from livefollow.train.data.cases.scanned_pages import scan
from livefollow.train.data.cases.spoiled_lines import spoil_line
from livefollow.train.data.cases.truth import TRUTH, Book, CasePerformance, TruthRow, staff_space
from livefollow.train.data.notation.midi import write_performance, write_score
from livefollow.train.data.performance.recordings import write_vorbis
from livefollow.train.data.sound.mixing import Sound

PEAK = 0.6  # of full scale


def write(
    folder: Path,
    book: Book,
    parts: Sequence[CasePerformance],
    rows: Sequence[TruthRow],
    sound: Sound,
    kind: CaseKind,
    rng: np.random.Generator,
    more: dict[str, Any],
) -> None:
    """Write a case; `meta.json` comes last, so a case that has one is whole.

    Args:
        folder: of the case; made.
        book: the scores.
        parts: what was played, of which scores, in the order played.
        rows: from `truth_rows`; none where something else is heard, which `sound` and `more` tell.
        sound: (n,) at 22.05 kHz.
        kind: of case.
        rng: draws the scan.
        more: for `meta.json`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pdf = folder / "score.pdf"
    bind(book.pdfs, pdf)
    if kind.reprise:
        page, system = spoil_line(pdf, book.pages[-1], rng)
        more = {**more, "unreadable": {"page": page, "system": system}}
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
    write_score(folder / "score.mid", list(zip(book.begins, book.musics, strict=True)))
    write_vorbis(folder / "performance.ogg", sound * np.float32(PEAK / np.abs(sound).max()), SAMPLE_RATE)
    heard = [] if kind.instead else parts
    if heard:
        write_performance(folder / "performance.mid", np.concatenate([part.keys() for part in heard]))
    meta = {
        "origin": "; ".join(f"{m.source}, look {pdf.stem}" for m, pdf in zip(book.musics, book.pdfs, strict=True))
        + "; played by livefollow",
        "licence": "; ".join(sorted({music.licence for music in book.musics})),
        "staff_space_pt": round(median(staff_space(pdf) for pdf in book.pdfs), 4),
        "onsets": len(rows),
        "jumps": [{"t": round(j.t, 3), "kind": j.kind} for part in heard for j in part.jumps() if not j.repeat],
        "repeats": [round(j.t, 3) for part in heard for j in part.jumps() if j.repeat],
        "pauses": [{"t": round(t, 3), "duration_s": round(s, 3)} for part in heard for t, s in part.pauses()],
        "tuning_hz": round(parts[0].played.tuning_hz, 2),
        "style": kind.style.name,
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
