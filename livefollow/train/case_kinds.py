"""The kinds of benchmark cases: what each asks of the score, the player and the sound."""

from __future__ import annotations

from dataclasses import dataclass, replace

from livefollow.train.styles import PLAIN, PRESETS, Style

LONG_PAGES = 6


@dataclass(frozen=True)
class Kind:
    """What is difficult about a case.

    Attributes:
        style: of the player.
        jump: that the performance must have: back, skip or stop.
        repeats: the piece must have repeats.
        pages: that the score must have at least: pieces are bound together.
        scanned: the score is a scan.
        noisy: others are heard, too.
        dry: on the sound font that MSMD was rendered with, no room, no noise.
        instead: what is heard instead of the piece: piece (another one), or a kind of noise.
    """

    style: Style
    jump: str = ""
    repeats: bool = False
    pages: int = 1
    scanned: bool = False
    noisy: bool = False
    dry: bool = False
    instead: str = ""


STEADY = replace(PLAIN, repeats=0.0)
KINDS = {
    "score": Kind(PRESETS["score"], dry=True),
    "plain": Kind(STEADY),
    "slow_practice": Kind(replace(PRESETS["slow_practice"], repeats=0.0, pause=0.0)),
    "stumbling": Kind(replace(PRESETS["stumbling"], repeats=0.0), jump="back"),
    "stops": Kind(replace(STEADY, name="stops", pause=0.08, pause_s=(3.0, 12.0)), jump="stop"),
    "jumps_back": Kind(replace(STEADY, name="jumps_back", jump=0.06), jump="back"),
    "skips": Kind(replace(STEADY, name="skips", skip=0.08), jump="skip"),
    "repeats": Kind(replace(STEADY, name="repeats", repeats=1.0), repeats=True),
    "long": Kind(STEADY, pages=LONG_PAGES),
    "long_stops": Kind(replace(STEADY, name="long_stops", pause=0.03, pause_s=(3.0, 12.0)), pages=LONG_PAGES),
    "scanned": Kind(STEADY, scanned=True),
    "noisy": Kind(STEADY, noisy=True),
    "another_piece": Kind(STEADY, instead="piece"),
    "only_noise": Kind(STEADY, instead="background"),
    "only_speech": Kind(STEADY, instead="speech"),
}
