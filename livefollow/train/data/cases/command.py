"""`livefollow data cases`: make benchmark cases from a dataset, each of one kind of difficulty, by a seed.

A case is a folder: score.pdf, performance.ogg, truth.csv, meta.json, score.mid, performance.mid. Where the sound is not
the piece, the truth has no rows and there is no performance.mid.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from livefollow.constants import SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.follow.paper.state import MSMD, NOTTINGHAM
from livefollow.train.data.cases.files import write
from livefollow.train.data.cases.kinds import KINDS, WITH_SOLOISTS, CaseKind
from livefollow.train.data.cases.truth import Book, CasePerformance, parts_of, systems_of, truth_rows
from livefollow.train.data.held_out import EVALUATION_SPLITS, HELD_OUT_PIANO
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.performance import Played
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.recordings import evaluation_responses, training_responses
from livefollow.train.data.performance.soloist import in_compass, play_beside
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.data.sound.company import Soloist, beside, draw_soloist, held_out_soloists, play_part
from livefollow.train.data.sound.microphones import MicrophoneModel, draw_microphone
from livefollow.train.data.sound.mixing import Scene, Sound, mix
from livefollow.train.data.sound.noise import HELD_OUT, TRAINING, Noise, NoiseBank, write_clips
from livefollow.train.data.sound.pianos import SCORE_PIANO, open_piano, training_pianos
from livefollow.train.data.sound.sampler import SamplerNote

BETWEEN_S = (2.0, 5.0)  # from one piece's end to the next one's beginning
LENGTH_S = (25.0, 240.0)  # of a drawn case's music as its score wants it, but for long ones
INSTEAD_S = (40.0, 120.0)  # of what is not the piece
ROUNDS = 20  # in which books are drawn from the same pieces
ATTEMPTS = 30  # at drawing a performance in which the player does what the case is about

Scores = list[tuple[Music, Path]]  # pieces, each with one of its looks (an npz)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    parser.add_argument("--corpus", type=Path, required=True, help="folder with pianos/ and rooms/ in it")
    parser.add_argument("--data", type=Path, required=True, help="the dataset, with scores/ in it")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the cases")
    parser.add_argument("--split", default="test", help="folder of scores/ (test)")
    parser.add_argument(
        "--kinds",
        nargs="+",
        choices=list(KINDS),
        default=[name for name in KINDS if name not in WITH_SOLOISTS],
        metavar="KIND",
        help=f"{', '.join(KINDS)} (all but {', '.join(WITH_SOLOISTS)}, which are for the splits with songs)",
    )
    number = parser.add_mutually_exclusive_group()
    number.add_argument("--per-kind", type=int, default=3, metavar="N", help="cases of each kind, of drawn pieces (3)")
    number.add_argument("--every-piece", action="store_true", help="a case of every piece, however short or long")
    parser.add_argument("--look", default="*", help="of the scores, a file name pattern without .npz (any)")
    parser.add_argument("--seed", type=int, default=0, help="decides everything (0)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the cases that are missing.

    Raises:
        LivefollowError: no scores that fit, or a piano, room or program is missing.
    """
    studio = Studio(args.corpus, args.data, args.split)
    for name in args.kinds:
        kind = KINDS[name]
        seeds = (args.seed, zlib.crc32(name.encode()))
        order = np.random.default_rng(seeds)
        scores = args.data / "scores" / args.split
        if args.every_piece:
            for piece in draw_scores(scores, replace(kind, pages=1), args.look, order, any_length=True):
                key = piece[0][1].parent.name
                own = np.random.default_rng((*seeds, zlib.crc32(key.encode())))
                studio.make(args.out / f"{name}_{key}", piece, name, own, args.seed)
            continue
        number = 0
        for drawn in draw_scores(scores, kind, args.look, order):
            if number == args.per_kind:
                break
            own = np.random.default_rng((*seeds, number))
            number += studio.make(args.out / f"{name}_{number:02d}", drawn, name, own, args.seed)
        if number < args.per_kind:
            print(f"no more scores for {name}: {number} of {args.per_kind} cases", file=sys.stderr)
    return 0


class Studio:
    """Records performances, on the pianos and in the rooms of a split, with a bank of noise."""

    def __init__(self, corpus: Path, data: Path, split: str) -> None:
        """Read rooms and noise.

        Raises:
            LivefollowError: a room is missing, or a program that makes clips of noise.
        """
        evaluation = split in EVALUATION_SPLITS
        self._corpus = corpus
        self._pieces = data / "scores" / split
        # What a case's figures mean depends on the paper's task; everything but the tunes is piano music.
        self._task = NOTTINGHAM.name if split.startswith(f"{NOTTINGHAM.name}-") else MSMD.name
        self._bank = NoiseBank(write_clips(data, HELD_OUT if evaluation else TRAINING))
        self._responses = evaluation_responses(corpus) if evaluation else training_responses(corpus)
        self._pianos = [HELD_OUT_PIANO] if evaluation else training_pianos()
        self._held_out = evaluation

    def make(self, folder: Path, scores: Scores, name: str, rng: np.random.Generator, seed: int) -> bool:
        """Write a case of the kind called `name`, unless it is there.

        Returns:
            False where the scores are not fit for it, which is told on standard error.
        """
        kind = KINDS[name]
        try:
            book = book_of(scores)
            parts = perform(book, kind, rng)
            if kind.soloist_db is not None:
                parts = [replace(part, solo=play_beside(part.music, part.played, rng)) for part in parts]
            rows = truth_rows(parts)
            if (folder / "meta.json").exists():
                return True
            piano = SCORE_PIANO if kind.dry else str(rng.choice(self._pianos))
            heard = ""
            soloists: list[tuple[Soloist, list[SamplerNote]]] = []
            if kind.instead == "piece":
                other = _another(self._pieces, parts[0].music, rng)
                heard = other.name
                sound = self._record([play(other, kind.style, rng, INSTEAD_S[1])], kind, piano, rng)
            elif kind.instead:
                sound = self._noise(kind.instead, rng)
            else:
                soloists = [(self._soloist(rng), notes) for part in parts for notes in part.others()]
                played = [replace(part.played, keys=part.keys()) for part in parts]
                sound = self._record(played, kind, piano, rng, soloists)
        except LivefollowError as error:
            print(f"{name}: {scores[0][0].name} is left out: {error}", file=sys.stderr)
            return False
        more = {"kind": name, "seed": seed, "piano": piano, "task": self._task}
        if kind.instead:
            rows = []
            more["heard_instead"] = heard or kind.instead
        if soloists:
            more["soloists"] = [soloist.name for soloist, _ in soloists]
            more["soloist_db"] = kind.soloist_db
        write(folder, book, parts, rows, sound, kind, rng, more)
        print(f"{folder.name}: {', '.join(music.name for music in book.musics)}, {len(sound) / SAMPLE_RATE:.0f} s")
        return True

    def _record(
        self,
        played: Sequence[Played],
        kind: CaseKind,
        piano: str,
        rng: np.random.Generator,
        soloists: Sequence[tuple[Soloist, list[SamplerNote]]] = (),
    ) -> Sound:
        notes = [note for performance in played for note in performance.notes()]
        dry = open_piano(piano, self._corpus).render(notes, SAMPLE_RATE, played[0].tuning_hz)
        alone = dry
        for soloist, line in soloists:
            level = kind.soloist_db or 0.0
            dry = dry + beside(alone, play_part(in_compass(line, soloist.compass), soloist, rng), level) - alone
        return dry if kind.dry else mix(dry, self._scene(kind, rng), self._bank, rng)

    def _noise(self, noise: str, rng: np.random.Generator) -> Sound:
        sound = self._bank.sound(noise, round(rng.uniform(*INSTEAD_S) * SAMPLE_RATE), rng)
        scene = Scene(self._response(rng), [Noise("background", 30.0)], MicrophoneModel(gain_db=-6.0))
        return mix(sound, scene, self._bank, rng)

    def _soloist(self, rng: np.random.Generator) -> Soloist:
        if not self._held_out:
            return draw_soloist(rng)
        every = held_out_soloists()
        return every[int(rng.integers(len(every)))]

    def _scene(self, kind: CaseKind, rng: np.random.Generator) -> Scene:
        response = self._response(rng)
        if not kind.noisy:
            return Scene(response, [Noise("background", 45.0)], MicrophoneModel(gain_db=-6.0))
        disturbances = [
            Noise(str(k), float(rng.uniform(8, 18))) for k in rng.choice(("speech", "metronome", "pages"), 1)
        ]
        microphone = replace(draw_microphone(rng), gain_db=-10.0)
        return Scene(response, [Noise("background", float(rng.uniform(12, 22))), *disturbances], microphone)

    def _response(self, rng: np.random.Generator) -> Sound:
        return self._responses[int(rng.integers(len(self._responses)))]


def draw_scores(
    folder: Path, kind: CaseKind, look: str, rng: np.random.Generator, *, any_length: bool = False
) -> Iterator[Scores]:
    """Yield pieces in random order, each with one of its looks; several at once where the kind asks for a book.

    Kinds that bind the same pieces again are drawn in several rounds, the others once.

    Raises:
        LivefollowError: there are none.
    """
    pieces = sorted(folder.glob("*/music.json"))
    if not pieces:
        raise LivefollowError(f"{folder} has no pieces: run livefollow data scores first")
    for _ in range(ROUNDS if kind.rebound else 1):
        bound: Scores = []
        pages = 0
        for i in rng.permutation(len(pieces)):
            looks = sorted(path for path in pieces[i].parent.glob(f"{look}.npz") if path.with_suffix(".pdf").exists())
            music = Music.load(pieces[i])
            if not looks or not _fits(music, kind, any_length):
                continue
            path = looks[int(rng.integers(len(looks)))]
            bound.append((music, path))
            pages += len(systems_of(path.with_suffix(".pdf")))
            if pages >= kind.pages and len(bound) > kind.reprise:
                yield [*bound, bound[0]] if kind.reprise else bound
                bound, pages = [], 0


def book_of(scores: Scores) -> Book:
    """Bind scores in their order."""
    musics, paths = [music for music, _ in scores], [path for _, path in scores]
    return Book(musics, [ScoreLook.load(path) for path in paths], [path.with_suffix(".pdf") for path in paths])


def perform(book: Book, kind: CaseKind, rng: np.random.Generator) -> list[CasePerformance]:
    """Play the scores of a book as the kind asks for, one after the other.

    Raises:
        LivefollowError: no such performance could be drawn.
    """
    played = []
    for number in kind.order.draw(len(book.musics), rng):
        music = book.musics[number]
        for _ in range(ATTEMPTS):
            performance = play(music, kind.style, rng, kind.longest_s)
            if not kind.jump or any(j.kind == kind.jump and not j.repeat for j in performance.jumps):
                break
        else:
            raise LivefollowError(f"{music.name} is too short for a performance with a {kind.jump}")
        played.append((number, performance))
    return parts_of(book, played, rng.uniform(*BETWEEN_S, len(played)).tolist())


def _fits(music: Music, kind: CaseKind, any_length: bool) -> bool:
    seconds = 60 * music.end / float(np.mean([mark for _, mark in music.tempo]))
    right_length = any_length or LENGTH_S[0] <= seconds <= LENGTH_S[1]
    if kind.soloist_db is not None and not music.others:
        return False
    return right_length and (not kind.repeats or music.with_repeats != music.straight)


def _another(folder: Path, music: Music, rng: np.random.Generator) -> Music:
    """Draw another piece of the split."""
    others = [path for path in sorted(folder.glob("*/music.json")) if path.parent.name != music.name]
    if not others:
        raise LivefollowError(f"{folder} has no other piece")
    return Music.load(others[int(rng.integers(len(others)))])
