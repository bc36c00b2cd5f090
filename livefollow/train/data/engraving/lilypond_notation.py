"""Engrave a `Notation` with LilyPond: MusicXML in between, which LilyPond's own `musicxml2ly` reads."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from livefollow.train.data.engraving.alignment import Engraving
from livefollow.train.data.engraving.lilypond import engrave_varied
from livefollow.train.data.engraving.lilypond_compiler import EngravingError
from livefollow.train.data.notation.musicxml import measures_of, write_musicxml
from livefollow.train.data.notation.notation import Notation

CONVERTER = "musicxml2ly"
TIMEOUT_S = 120.0
# Voices as they are named in the converted file: the first of the upper and of the lower staff.
FIRST_VOICES = {"PartPOneVoiceOne": 0, "PartPOneVoiceFive": 1}
VOICE = re.compile(r"^(\w+) =[^\n]*\n.*?^    }\n", re.MULTILINE | re.DOTALL)
BAR = re.compile(r"\| % (\d+)\n")
# A note or a chord, its duration, and what follows it: beams, ties, fingerings.
STRUCK = re.compile(r"(<[^<>]+>|\b[a-g](?:is|es)*[',]*)((?:\d+\.*)?(?:\*\d+/\d+)?)((?:\s*(?:\[|\]|~|-[1-5])(?=\s))+)")
FINGER = re.compile(r"\s*(-[1-5])")
SIDES = ("left", "left", "right", "up down", "down up")  # of heads, where fingerings stand: one of them in each piece


def engrave_notation(notation: Notation, scratch: Path, pdf: Path, seed: int) -> Engraving:
    """Engrave a piece in a look of LilyPond's drawn from a seed.

    Args:
        notation: the piece.
        scratch: folder for LilyPond's files.
        pdf: file to write.
        seed: of the look.

    Raises:
        EngravingError: LilyPond or its converter is missing or failed, or it left out or moved notes.
        NotationError: the piece cannot be written as MusicXML.
    """
    command = shutil.which(CONVERTER)
    if command is None:
        raise EngravingError(f"{CONVERTER} is not installed (Debian: apt install lilypond)")
    source = scratch / "source"
    source.mkdir(parents=True, exist_ok=True)
    (source / "piece.musicxml").write_text(write_musicxml(notation), encoding="utf-8")
    try:
        subprocess.run(
            [command, "--absolute", "--no-rest-positions", "-o", "piece.ly", "piece.musicxml"],
            cwd=source,
            check=False,
            capture_output=True,
            timeout=TIMEOUT_S,
        )
        text = (source / "piece.ly").read_text(encoding="utf-8")
    except (subprocess.TimeoutExpired, OSError):
        raise EngravingError(f"{CONVERTER} cannot read the piece") from None
    text = with_fingers_beside(with_stems_free(text, notation), SIDES[seed % len(SIDES)])
    (source / "piece.ly").write_text(text, encoding="utf-8")
    engraving = engrave_varied(source / "piece.ly", scratch, pdf, seed)
    _check(engraving, notation)
    return engraving


def with_stems_free(text: str, notation: Notation) -> str:
    """Let a staff's stems go either way in bars of one voice: the converter has its voices apart throughout."""
    voices: dict[tuple[int, int], set[int]] = defaultdict(set)  # by staff and bar, from 1
    bars = list(enumerate(pairwise(measures_of(notation)), 1))
    onsets = [(n.onset, n.staff, n.voice) for n in notation.notes]
    for number, (start, end) in bars:
        for onset, staff, voice in onsets:
            if start <= onset < end:
                voices[staff, number].add(voice)

    def freed(voice: re.Match[str]) -> str:
        staff = FIRST_VOICES.get(voice[1])
        if staff is None:
            return voice[0]

        def begun(bar: re.Match[str]) -> str:
            how = "\\voiceOne" if len(voices[staff, int(bar[1])]) > 1 else "\\oneVoice"
            return f"{bar[0]}    {how}\n"

        return BAR.sub(begun, voice[0])

    return VOICE.sub(freed, text)


def with_fingers_beside(text: str, sides: str) -> str:
    """Put fingerings on some sides of their heads, as engravers do: the converter has them above and below chords."""

    def fingered(struck: re.Match[str]) -> str:
        head, duration, after = struck.groups()
        fingers = FINGER.findall(after)
        if not fingers:
            return struck[0]
        heads = head.strip("<>").split()
        beside = [*(h + f for h, f in zip(heads, fingers, strict=False)), *heads[len(fingers) :]]
        return f"<{' '.join(beside)}>{duration}{FINGER.sub('', after)}"

    text = STRUCK.sub(fingered, text)
    return VOICE.sub(lambda voice: voice[0].replace("{", f"{{\n    \\set fingeringOrientations = #'({sides})", 1), text)


def _check(engraving: Engraving, notation: Notation) -> None:
    """Raise EngravingError unless all that is printed is of the piece, and hardly anything is missing.

    Heads of two voices in unison may be one.
    """
    printed = {(round(960 * h.onset), h.pitch) for h in engraving.heads if not h.grace}
    wanted = {(round(960 * n.onset), n.pitch) for n in notation.notes if not n.grace}
    if printed - wanted or len(wanted - printed) > 0.02 * len(wanted):
        raise EngravingError(f"LilyPond moved {len(printed - wanted)} notes and left out {len(wanted - printed)}")
