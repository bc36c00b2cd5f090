"""List the pieces of a dataset: the corpus's lists, the user's own folder, tunes, and random music."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from livefollow.errors import LivefollowError
from livefollow.train.data.corpus.nottingham import read_tunes, split_tunes, without_copies
from livefollow.train.data.corpus.random_music import random_music
from livefollow.train.data.notation.notation import Notation, NotationError, transposed

MORE = "mutopia_more"  # folder of a corpus with further pieces for training
TUNES, TRANSPOSED = "nottingham-train", "nottingham-transposed"
SONGS = ("songs-train", "songs-valid")
SPLITS = ("train", "valid", "test", TUNES, "nottingham-valid", "nottingham-test", "random", TRANSPOSED, *SONGS)
ONLY_ASKED = (TRANSPOSED, *SONGS)  # splits that are made where they are asked for
SONG_SUFFIX = ".mscx"
SONGS_HELD_OUT = 4  # every fourth song, by name, is for validation
TONES = {"up": (2, 1), "down": (-2, -1)}  # a tone up and down: fifths, diatonic steps
MOST_SIGNS = 5  # in the key signatures of transposed tunes: none that are held out have more
HEADER = re.compile(r'\b(mutopiacomposer|mutopiatitle|mutopiaopus|composer|title|opus)\s*=\s*[^"\n]*"([^"]*)"')


class CorpusError(LivefollowError):
    """The corpus is missing or not as it should be."""

    exit_code = 2


@dataclass(frozen=True)
class Piece:
    """A piece to be engraved: from a LilyPond or MuseScore file, or from notes that are known already.

    Attributes:
        split: one of SPLITS.
        name: unique in its split; a folder's name.
        source: for the record.
        path: the LilyPond file, or the MuseScore file of a song; None for other sources.
        notation: the notes, None for files.
    """

    split: str
    name: str
    source: str
    path: Path | None = None
    notation: Notation | None = None

    @property
    def is_song(self) -> bool:
        """Whether others play or sing beside the piano: a MuseScore file."""
        return self.path is not None and self.path.suffix == SONG_SUFFIX


def is_added(source: str) -> bool:
    """Whether a piece is not from MSMD, so that it must not be the same music as anything held out."""
    return source.startswith(f"{MORE}/")


def find_pieces(
    corpus: Path, random_pieces: int, seed: int, style: Mapping[str, float] | None = None
) -> tuple[list[Piece], dict[str, str]]:
    """Find all pieces of a corpus.

    Args:
        corpus: a folder with msmd_split.json (and mutopia_more.json, nottingham/, lieder/), or any folder of `.ly`
            files: these are all for training.
        random_pieces: how many to draw.
        seed: of the first random piece.
        style: features of the random pieces that are not to be drawn, see `random_music`.

    Returns:
        The pieces, and why which others of the corpus were left out, by name.

    Raises:
        CorpusError: there is nothing to engrave.
    """
    left_out: dict[str, str] = {}
    if (corpus / "msmd_split.json").is_file():
        pieces = _msmd(corpus)
        pieces += _more(corpus, [p for p in pieces if p.split != "train"], left_out)
        pieces += _nottingham(corpus / "nottingham", left_out)
        pieces += _songs(corpus / "lieder")
    else:
        files = sorted(corpus.rglob("*.ly")) if corpus.is_dir() else []
        if not files:
            raise CorpusError(f"{corpus} has neither msmd_split.json nor any LilyPond file (*.ly).")
        relative = [path.relative_to(corpus) for path in files]
        pieces = [
            Piece("train", "__".join(r.with_suffix("").parts), r.as_posix(), path)
            for r, path in zip(relative, files, strict=True)
        ]
    for k in range(random_pieces):
        notation = random_music(seed + k, None, None, **(style or {}))
        pieces.append(Piece("random", notation.name, notation.source, notation=notation))
    return pieces, left_out


def work_of(path: Path) -> tuple[str, str]:
    """Read composer and title with opus from a LilyPond file's header, as lower-case letters and digits."""
    try:
        found = dict(HEADER.findall(path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return "", ""
    composer = found.get("mutopiacomposer") or found.get("composer") or ""
    title = (found.get("mutopiatitle") or found.get("title") or "") + (
        found.get("mutopiaopus") or found.get("opus") or ""
    )
    return _bare(composer), _bare(title)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


def _msmd(corpus: Path) -> list[Piece]:
    listed = json.loads((corpus / "msmd_split.json").read_text(encoding="utf-8"))
    return [
        Piece(split, name, f"mutopia/{path}", corpus / "mutopia" / path)
        for split in ("train", "valid", "test")
        for name, path in sorted(listed.get(split, {}).items())
    ]


def _more(corpus: Path, held_out: list[Piece], left_out: dict[str, str]) -> list[Piece]:
    """List further pieces for training, without those whose header names a held-out piece."""
    if not (corpus / f"{MORE}.json").is_file():
        return []
    kept_back = {work_of(p.path): p.name for p in held_out if p.path}
    kept_back.pop(("", ""), None)
    pieces = []
    for name, path in sorted(json.loads((corpus / f"{MORE}.json").read_text(encoding="utf-8")).items()):
        file = corpus / MORE / path
        same = kept_back.get(work_of(file))
        if same:
            left_out[name] = f"same composer, title and opus as {same}"
        else:
            pieces.append(Piece("train", name, f"{MORE}/{path}", file))
    return pieces


def _songs(folder: Path) -> list[Piece]:
    return [
        Piece(SONGS[k % SONGS_HELD_OUT == 0], path.stem, f"lieder/{path.name}", path)
        for k, path in enumerate(sorted(folder.glob(f"*{SONG_SUFFIX}")))
    ]


def _nottingham(folder: Path, left_out: dict[str, str]) -> list[Piece]:
    if not folder.is_dir():
        return []
    tunes, unread = read_tunes(folder)
    kept, copies = without_copies(tunes)
    left_out.update(unread)
    left_out.update({name: f"same tune as {original}" for name, original in copies.items()})
    splits = split_tunes(kept)
    return [
        Piece(f"nottingham-{split}", tune.name, f"nottingham/{tune.source}", notation=tune)
        for split, members in splits.items()
        for tune in members
    ] + [
        Piece(TRANSPOSED, tune.name, f"nottingham/{tune.source}", notation=tune)
        for original in splits["train"]
        for tune in _in_other_keys(original)
    ]


def _in_other_keys(tune: Notation) -> Iterator[Notation]:
    """Transpose a tune a tone up and a tone down, where the key signature stays small."""
    for name, (fifths, steps) in TONES.items():
        try:
            other = transposed(tune, fifths, steps, f"{tune.name}-{name}")
        except NotationError:
            continue
        if max(abs(key) for _, key in other.keys) <= MOST_SIGNS:
            yield other
