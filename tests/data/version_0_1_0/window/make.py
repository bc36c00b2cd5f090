"""Make the files of this folder with version 0.1.0; README.md says how to run it.

`livefollow` is that of 0.1.0 here.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
from livefollow.viewer.preferences import open_preferences
from livefollow.viewer.recorder import Recorder
from livefollow.viewer.score_memory import Place, Repeat, open_memory
from livefollow.viewer.setlist import setlist_text

from livefollow.follow.position import Position
from livefollow.score.corrections import Corrections, straight_system
from livefollow.score.score import Score

HERE = Path(__file__).parent
SCORE = HERE.parents[1] / "small.pdf"
RATE, FPS = 8000, 20  # of the recording, Hz, and of the positions


def make_settings() -> None:
    settings = open_preferences(HERE)
    settings.change(
        layout="two",
        look_ahead_s=2.5,
        turn_by_itself=False,
        play_repeats=False,
        highlight="line",
        highlight_colour="#0072b2",
        highlight_opacity=0.5,
        trim=False,
        paper="night",
        overview=True,
        statistics=True,
        device="Piano",
        language="de",
        full_screen=True,
        geometry="AdnQywAD",
        score_folder="/music",
        recording_folder="/music/takes",
        recent=("/music/a.pdf", "/music/ü.pdf"),
        next_at_end=False,
        setlist_shown=True,
        setlist=("/music/b.pdf", "/music/a.pdf"),
    )
    settings.close()


def make_score_files() -> None:
    with tempfile.TemporaryDirectory() as data, Score(SCORE, data=Path(data)) as score:
        list(score.read())
        memory = open_memory(score.document, HERE / "scores")
        here, there = Place(1, 100.5, 200.25), Place(1, 300.0, 420.0)
        repeats = (Repeat(here, there),)
        memory.change(page=1, zoom=1.5, start=here, repeats=repeats, layout="single", path="/music/small.pdf")
        memory.close()
        detected = score.systems[1]
        corrections = Corrections(score.document.content_hash, HERE / "scores")
        first = detected[0]
        corrections.move(1, detected, 0, (first.left + 5, first.top, first.right - 5, first.bottom))
        corrections.skip(1, detected, 1)
        corrections.remove(1, detected, len(detected) - 1)
        corrections.add(1, detected, straight_system(1, 60.0, 500.0, [(780.0, 800.0), (815.0, 835.0)]))
        seen = [
            {"box": [s.left, s.top, s.right, s.bottom], "staves": len(s.staves), "skip": s.skip}
            for s in corrections.systems(1, detected)
        ]
        (HERE / "systems.json").write_text(json.dumps(seen, indent=1), encoding="utf-8")


def make_recording() -> None:
    recorder = Recorder(HERE, "take")
    with tempfile.TemporaryDirectory() as data, Score(SCORE, data=Path(data)) as score:
        list(score.read())
        for frame in range(FPS):
            samples = 0.1 * np.sin(2 * np.pi * 440 * (np.arange(RATE // FPS) + frame * RATE // FPS) / RATE)
            recorder.hear(samples.astype(np.float32)[:, None], RATE, frame / FPS)
            at = score.strip.to_page(100.0 + 10 * frame)
            recorder.follow(
                [
                    Position(
                        time_s=(frame + 1) / FPS,
                        page=at.page,
                        system=at.system,
                        x_pt=at.x,
                        top_pt=at.top,
                        bottom_pt=at.bottom,
                        strip_x=100.0 + 10 * frame,
                        speed=10.0,
                        confidence=0.9,
                        state="waiting" if frame == 0 else "following",
                    )
                ]
            )
    recorder.close()
    (take,) = recorder.takes
    for suffix in (".wav", ".csv"):
        take.with_suffix(suffix).rename(HERE / f"take{suffix}")


def make_setlist() -> None:
    pieces = [HERE / "first.pdf", HERE / "folder" / "zweites Stück.pdf", Path("/music/third.pdf")]
    (HERE / "concert.setlist").write_text(setlist_text(pieces, HERE), encoding="utf-8")


if __name__ == "__main__":
    make_settings()
    make_score_files()
    make_recording()
    make_setlist()
