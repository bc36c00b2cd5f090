"""Playing styles: a `Style` is a set of probabilities and ranges that `play` draws from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from livefollow.train.data.performance.rehearsal import Rehearsal

Range = tuple[float, float]


@dataclass(frozen=True)
class Style:
    """How likely a player does what. Shares and probabilities are 0 … 1."""

    name: str
    # tempo
    tempo: Range = (0.75, 1.2)  # × the score's, drawn once a piece, log-uniform
    arch: float = 0.07  # by which the middle of a phrase is faster than its ends
    ritard: float = 0.18  # by which the last two beats of a phrase slow down
    final_ritard: float = 0.4  # the same at the end, over four beats
    wander: float = 0.05  # standard deviation of the slow, aimless part of the log tempo
    held: float = 0.06  # probability that a phrase's last onset is held, as under a fermata
    # hands
    asynchrony_s: float = 0.008  # standard deviation of each key about its onset
    melody_lead_s: float = 0.012  # by which the top note comes before the others
    hands_s: float = 0.008  # standard deviation of the left hand's lag, drawn anew each phrase
    rolled: float = 0.04  # probability that a chord of three keys or more is rolled
    # sound
    velocity: Range = (42.0, 78.0)  # of the accompaniment at a phrase's ends, drawn once a piece
    contrast: Range | None = None  # the same, drawn anew each phrase
    swell: float = 14.0  # velocity added in the middle of a phrase
    melody: float = 10.0  # velocity added to the top note
    scatter: float = 4.0  # standard deviation of a key's velocity
    pedalled: float = 0.6  # probability that the piece is played with pedal
    articulation: Range = (0.55, 1.02)  # share of its written value a note is held, drawn anew each phrase
    ornaments: bool = True  # trills are played out, else their main note is held
    # slips, probability per key
    wrong: float = 0.004  # a neighbour is struck instead
    extra: float = 0.004  # a neighbour is struck as well
    missing: float = 0.006
    repeated: float = 0.002  # struck again
    # interruptions, probability per bar
    stumble: float = 0.0  # stops, goes back up to a line, tries again
    jump: float = 0.0  # goes to a bar further back, or to the beginning
    skip: float = 0.0  # leaves bars out
    pause: float = 0.0  # stops for longer and goes on from there
    pause_s: Range = (2.0, 15.0)
    # order
    repeats: float = 0.25  # probability that repeats are taken
    hands_separately: float = 0.0  # probability that a phrase is played with each hand alone first
    rehearsal: Rehearsal | None = None  # attempts at passages, in place of a way through the piece


PLAIN = Style("plain")
SLOPPY = replace(PLAIN, wander=0.09, asynchrony_s=0.014, hands_s=0.015, wrong=0.012, extra=0.01, missing=0.012)
PRACTICE = replace(SLOPPY, tempo=(0.45, 0.95), arch=0.04, ritard=0.08, repeated=0.006)

PRESETS = {
    style.name: style
    for style in (
        Style(
            "score",
            tempo=(1.0, 1.0),
            arch=0.0,
            ritard=0.0,
            final_ritard=0.0,
            wander=0.0,
            held=0.0,
            asynchrony_s=0.0,
            melody_lead_s=0.0,
            hands_s=0.0,
            rolled=0.0,
            velocity=(72.0, 72.0),
            swell=0.0,
            melody=0.0,
            scatter=0.0,
            pedalled=0.0,
            articulation=(0.98, 0.98),
            ornaments=False,
            wrong=0.0,
            extra=0.0,
            missing=0.0,
            repeated=0.0,
            repeats=0.0,
        ),
        PLAIN,
        replace(PRACTICE, name="slow_practice", tempo=(0.4, 0.75), wander=0.1, pause=0.005),
        replace(PRACTICE, name="stumbling", stumble=0.08, pause=0.01),
        replace(SLOPPY, name="jumps", tempo=(0.6, 1.3), jump=0.04, skip=0.04, pause=0.01),
        replace(PLAIN, name="repeats", tempo=(0.7, 1.6), repeats=1.0),
        replace(
            PRACTICE,
            name="rehearsal",
            tempo=(0.8, 1.3),
            velocity=(28.0, 68.0),
            final_ritard=0.08,
            rehearsal=Rehearsal(),
        ),
        replace(SLOPPY, name="soft", tempo=(0.5, 1.2), velocity=(10.0, 32.0), swell=8.0, melody=6.0, scatter=3.0),
        replace(PLAIN, name="contrasts", contrast=(10.0, 96.0), melody=20.0),
        replace(PRACTICE, name="hands_separately", hands_separately=0.6, stumble=0.02, pause=0.01),
    )
}
