"""What the localizer assumes of players, readers and listeners: the one place for its numbers.

Each says its unit and where it is from. `tests.benchmarks.follow.sensitivity` halves and doubles every one of them;
what that changes is in `docs/sensitivity.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

# Units. Probabilities and shares are at most 1.
PROBABILITY, PER_FRAME, SHARE = "probability", "probability per frame", "share"
TIMES, NATS, EVENTS, FRAMES, ONSETS, SECONDS, PX = "×", "nats", "events", "frames", "onsets", "s", "strip px"

MINUTE_S = 60.0  # tempi are in quarter notes per minute

# Sources. What was tried was compared with other values on validation cases, and nothing else was.
ASSUMED = "assumed"
TRIED = "tried on validation cases"
NETWORKS = "tried on validation cases, with what these networks miss and invent"
JUMPS = "tried on 96 jumps in performances of validation pieces that nothing else is measured on"
DRILLS = "263 attempts in recorded drills, then tried on validation rehearsals"
STARTS = "263 attempts in recorded drills, then tried on training rehearsals"
REHEARSALS = "tried on validation rehearsals"
SONGS = "tried on songs of the validation split"
LINKS = "0.06, 0.3, 0.6 tried on made pieces with D.C., D.S., coda and verses"
COPIES = "1, 3, 6, 10, 18 tried on validation cases with jumps"


def number(value: T, unit: str, source: str, meaning: str) -> T:
    """A setting that can be asked for its unit and source (`dataclasses.fields`, metadata)."""
    return field(default=value, metadata={"unit": unit, "source": source, "meaning": meaning})


@dataclass(frozen=True)
class Observation:
    """What is heard: onset probabilities per pitch and frame."""

    faint: float = number(0.05, PROBABILITY, ASSUMED, "an onset less probable than this is not looked at")
    most_certain: float = number(0.98, PROBABILITY, ASSUMED, "no onset is believed more than this")
    heard: float = number(0.3, ONSETS, ASSUMED, "in a frame from which on the player may have gone on")
    clear: float = number(0.5, PROBABILITY, ASSUMED, "of an onset that ends a silence")
    silence_db: float = number(-70.0, "dB", ASSUMED, "below, nothing is heard, whatever the listener says")

    hit: float = number(0.6, PROBABILITY, NETWORKS, "a note that is played is heard, in its frame")
    extra: float = number(0.004, PROBABILITY, ASSUMED, "beside the notes of an event another one is heard")
    octave: float = number(0.03, PROBABILITY, NETWORKS, "its harmonics and the octave below are heard, by mistake")
    neighbour: float = number(0.02, PROBABILITY, ASSUMED, "a key next to it is heard: a slip, a lost accidental")
    late: float = number(0.06, PROBABILITY, NETWORKS, "a note of an event is heard in the frames after its first")
    tail_fit: float = number(0.5, SHARE, ASSUMED, "of the fit of an event's notes that counts in those frames")
    sustain_fit: float = number(0.25, SHARE, ASSUMED, "the same while they sound on")
    wrong: float = number(0.2, PROBABILITY, NETWORKS, "an event is read or heard wrong: any chord is struck there")
    sounding: float = number(0.15, NATS, TRIED, "weight of the pitches that sound on")

    in_key: float = number(0.5, SHARE, ASSUMED, "of the notes of other music that are those of the score")
    stray: float = number(0.00015, PROBABILITY, NETWORKS, "a note the score does not explain; mean over pitches")
    stray_chords: float = number(0.02, PER_FRAME, ASSUMED, "a chord of them: an event the reader missed")
    chord: float = number(0.03, PROBABILITY, ASSUMED, "each of its pitches, mean")
    still: float = number(0.00003, PROBABILITY, ASSUMED, "a note in a room where nobody plays")
    sparse: float = number(0.0005, PROBABILITY, ASSUMED, "a note of other music, slow")
    sparse_chords: float = number(0.02, PER_FRAME, ASSUMED, "a chord of it")
    dense: float = number(0.002, PROBABILITY, ASSUMED, "a note of other music, busy")
    dense_chords: float = number(0.2, PER_FRAME, ASSUMED, "a chord of it")
    misread: float = number(0.0003, PROBABILITY, TRIED, "the best event is heard, but is not where the player is")
    solo: float = number(0.15, PROBABILITY, SONGS, "a note of others is heard, in its frame")
    beside: float = number(1.3, NATS, SONGS, "by which a note about theirs is less of a stray")
    beside_present: float = number(3.9, NATS, SONGS, "the same where they have been heard lately")
    beside_near: float = number(0.7, SHARE, SONGS, "of that for the keys next to it: voices glide")
    foreign: float = number(0.003, PROBABILITY, NETWORKS, "the same in other music")


@dataclass(frozen=True)
class Duration:
    """How the player goes on from event to event."""

    slowest: float = number(16.0, "quarter notes per minute", ASSUMED, "tempo")
    fastest: float = number(400.0, "quarter notes per minute", ASSUMED, "tempo")
    n_tempi: int = number(18, "tempi", ASSUMED, "between them, evenly by ratio")
    start_tempo: float = number(84.0, "quarter notes per minute", ASSUMED, "of one not heard yet")
    start_spread: float = number(0.7, "octaves", ASSUMED, "standard deviation of that")
    leap_spread: float = number(0.35, "octaves", ASSUMED, "of the tempo after a leap, half of the players")
    leap_spread_new: float = number(1.0, "octaves", ASSUMED, "the same, of those who take another tempo")
    tempo_step: float = number(0.12, PROBABILITY, ASSUMED, "the tempo is another at the next event, each way")
    tempo_leap: float = number(0.01, PROBABILITY, ASSUMED, "the same, any tempo")
    timing: float = number(0.25, "log time", TRIED, "standard deviation of the time between events at a given tempo")
    jitter: float = number(0.5, FRAMES, ASSUMED, "standard deviation of an onset's frame")
    misjudged: float = number(0.15, PROBABILITY, TRIED, "a note value was read wrong")
    misjudged_spread: float = number(0.7, "log time", ASSUMED, "standard deviation of such a value")
    stop: float = number(0.012, PROBABILITY, ASSUMED, "the player stops after an event")
    stop_s: float = number(12.0, SECONDS, ASSUMED, "for how long, mean")
    unplayed: float = number(0.08, PROBABILITY, TRIED, "an event that is there is left out")
    in_no_time: float = number(0.5, SHARE, ASSUMED, "of the events that are not played that take no time")
    joined: float = number(0.75, PROBABILITY, SONGS, "others play an event that is theirs alone, and are heard")
    rest_skipped: float = number(0.05, PROBABILITY, SONGS, "the pianist does not wait for them through a rest")
    again: float = number(0.002, PER_FRAME, ASSUMED, "the event is struck again")
    tail_stays: float = number(0.4, PER_FRAME, ASSUMED, "late notes of an event may still come")


@dataclass(frozen=True)
class CompanySettings:
    """Those who play or sing beside the pianist."""

    notes: float = number(2.0, ONSETS, SONGS, "of theirs, heard lately, from which on they are sure to be there")
    memory_s: float = number(6.0, SECONDS, SONGS, "for which they are remembered, mean")
    lower: float = number(1.0, TIMES, SONGS, "as likely they sound an octave lower than printed as where it is printed")
    higher: float = number(0.1, TIMES, SONGS, "the same, an octave higher")
    octave_notes: float = number(2.0, ONSETS, SONGS, "of theirs that say as much of their octave as that does")
    octave_memory: float = number(40.0, ONSETS, ASSUMED, "of theirs that tell their octave: others may come")
    leaves: float = number(0.1, TIMES, SONGS, "as likely the pianist goes on elsewhere: the others do not")
    masked: float = number(0.3, PROBABILITY, SONGS, "of an event of the pianist: not heard beside them")


@dataclass(frozen=True)
class HandSettings:
    """Hands that practise alone."""

    apart: float = number(0.08, PROBABILITY, REHEARSALS, "the upper hand plays alone; the same for the lower")
    change: float = number(0.02, "probability per event", ASSUMED, "other hands than before play")
    change_anew: float = number(0.3, PROBABILITY, REHEARSALS, "the same where one begins anew")


@dataclass(frozen=True)
class Transition:
    """Where else the player may be."""

    search_on: float = number(0.05, PROBABILITY, TRIED, "one who is searched for goes on with an onset, whenever")
    search_on_again: float = number(0.08, PROBABILITY, REHEARSALS, "the same of one who has begun anew several times")
    begins: float = number(0.5, PROBABILITY, ASSUMED, "the player begins where they are expected")
    silent: float = number(0.6, SHARE, ASSUMED, "of those who do not: they play nothing yet")
    switch: float = number(0.005, PER_FRAME, ASSUMED, "other music begins or ends")
    stray_off: float = number(0.0006, PER_FRAME, ASSUMED, "the player plays what is not the score")
    return_: float = number(0.02, PER_FRAME, ASSUMED, "plays the score again, anywhere")
    resume: float = number(0.02, PER_FRAME, ASSUMED, "plays it again from the place where they were")
    leave: float = number(0.001, PER_FRAME, TRIED, "goes on elsewhere")
    leave_again: float = number(0.003, PER_FRAME, REHEARSALS, "the same of one who has begun anew several times")
    leave_stopped: float = number(0.05, PER_FRAME, JUMPS, "the same, of one who had stopped")
    overdue: float = number(1.6, "expected durations", JUMPS, "after which the player has stopped")
    overdue_s: float = number(0.5, SECONDS, JUMPS, "for which nothing was struck then, at least")
    resumes: int = number(4, FRAMES, ASSUMED, "in which one who had stopped begins: a chord is heard bit by bit")

    anywhere: float = number(0.1, SHARE, ASSUMED, "of those who go on elsewhere: at any event")
    beginning: float = number(0.05, SHARE, ASSUMED, "at the first event")
    systems: float = number(0.15, SHARE, ASSUMED, "at the beginning of a system")
    bars: float = number(0.2, SHARE, ASSUMED, "at the beginning of a bar")
    repeats: float = number(0.1, SHARE, ASSUMED, "at a repeat's start or after its end")
    nearby: float = number(0.5, SHARE, ".4, .5, .6 tried on training rehearsals and songs", "near where they were")
    far: float = number(12.0, EVENTS, ASSUMED, "by no more than which half of those go back")
    fades: float = number(
        2.0, "power", "1, 2, 3 tried on validation cases", "of the distance with which the chance falls"
    )
    forward: float = number(0.3, TIMES, ASSUMED, "as likely nearby on as back")
    at_bar: float = number(4.0, TIMES, ASSUMED, "as likely nearby at the beginning of a bar")
    seen: float = number(20.0, TIMES, ASSUMED, "as likely on what is on the screen, of one who has not begun")

    rests: float = number(0.5, PROBABILITY, ASSUMED, "one who is searched for goes on behind a rest at once")

    repeat: float = number(0.06, PER_FRAME, TRIED, "goes back to the repeat's start, while at its end")
    repeat_early: float = number(0.4, TIMES, ASSUMED, "as likely one event before the end, which may be misread")
    repeat_earlier: float = number(0.2, TIMES, ASSUMED, "as likely two events before")
    repeat_again: float = number(0.1, TIMES, TRIED, "as likely when they have done so before")
    repeat_on: float = number(4.0, TIMES, TRIED, "as likely then that they leave the first ending out")
    first_ending: float = number(0.3, TIMES, ASSUMED, "as likely as going back that an ending is left out")
    ending_bars: int = number(4, "bars", ASSUMED, "that a first ending may have")
    repeat_near: int = number(8, EVENTS, ASSUMED, "about a repeat's end or start in which going back has taken it")

    link: float = number(0.6, PER_FRAME, LINKS, "goes on where a link leads, while at its origin")
    link_later: float = number(0.05, TIMES, ASSUMED, "as likely in a pass in which it is not taken")

    start_again: float = number(0.6, SHARE, STARTS, "of those who go on elsewhere: where attempts of the session began")
    start_return: float = number(0.1, SHARE, "tried on other pieces", "the same, of those who play the score again")
    start_fades: float = number(0.7, SHARE, STARTS, "of its weight that a start keeps with each one after it")
    start_before: float = number(0.4, TIMES, ASSUMED, "as likely at the event before a start, and after it")
    start_later: float = number(0.2, TIMES, ASSUMED, "as likely two events after it")
    same_start: int = number(3, EVENTS, ASSUMED, "between two starts that count as one")
    practice_s: float = number(60.0, SECONDS, DRILLS, "for which the rate of attempts is remembered, mean")
    restarts: float = number(0.5, SHARE, DRILLS, "of the attempts: begin without a stop before")
    leaves_out: int = number(8, EVENTS, ASSUMED, "which one who goes on may leave out: no attempt begins there")


@dataclass(frozen=True)
class Ambiguity:
    """Places that sound alike."""

    copy_begins: float = number(0.001, "probability per onset", TRIED, "what was heard before fits nowhere")
    copy_share: float = number(0.001, SHARE, TRIED, "of the fit of the present place that makes another its copy")
    copy_enters: float = number(0.03, TIMES, TRIED, "as likely as elsewhere the player goes on at a copy")
    stumbles: int = number(8, EVENTS, ASSUMED, "behind the player that are no copy: who stumbles goes back there")
    alike_enough: float = number(
        6.0, TIMES, COPIES, "less likely than the likeliest one alike may be shown, as the nearest"
    )
    alike_shown: float = number(
        5.0, TIMES, "5, 10, 20 tried on validation cases", "as likely as the place shown is another to be shown"
    )
    alike_found: float = number(
        16.0, NATS, TRIED, "by which the score explains the sound better: they are at one of them"
    )
    alike_least: float = number(0.02, SHARE, ASSUMED, "below, a place is not alike any more")
    unread_context: int = number(8, EVENTS, ASSUMED, "before an unread passage, and after it, that its copy shares")
    unread_alike: float = number(0.85, "cosine", ASSUMED, "of their pitches, mean, at least")
    unread_equal: float = number(0.03, "cosine", ASSUMED, "by which one may be less so than another, and as good")
    unread_behind: int = number(12, EVENTS, ASSUMED, "that the player may seem to be behind an unread passage")
    unread_gap: float = number(300.0, PX, ASSUMED, "without an event: something is printed there, but was not read")
    unread_before: float = number(0.5, SHARE, ASSUMED, "of its width by which the player may seem to be before it")
    unread_narrowest: float = number(
        0.1, TIMES, "0, 0.1, 0.3 tried on validation reprises", "as wide as that gap its copy is, at least"
    )
    unread_widest: float = number(1.5, TIMES, ASSUMED, "the same, at most")
    unread_left_s: float = number(30.0, SECONDS, ASSUMED, "of playing, for which it counts where one was before a leap")
    unread_late: int = number(
        30, EVENTS, ASSUMED, "after the copy's beginning, at most, that the player is found there"
    )
    unread_slack: int = number(3, EVENTS, ASSUMED, "by which the copy's beginning may be misjudged")
    unread_shortest: int = number(4, EVENTS, ASSUMED, "of an unread passage, at least")
    unread_longest: int = number(120, EVENTS, ASSUMED, "of an unread passage, at most; its copy is further away")
    unread_sure: float = number(
        0.99, PROBABILITY, ".9, .97, .99 tried on training reprises", "that the player is behind it, then"
    )
    alike_places: int = number(8, "places", ASSUMED, "that are kept at most")


@dataclass(frozen=True)
class Decision:
    """What is shown of the beliefs, and which state."""

    leap_mass: float = number(
        0.9, PROBABILITY, ".8, .9 tried on validation cases", "of all places elsewhere: a leap to the likeliest"
    )
    leap_share: float = number(0.25, SHARE, TRIED, "of it that the likeliest place must have")
    leap_frames: int = number(3, FRAMES, "2, 3 tried on songs of the validation split", "for which both hold")
    leap_frames_again: int = number(2, FRAMES, "1, 2, 3 tried on rehearsals", "the same of who has begun anew lately")
    leap_phase: float = number(0.5, "expected durations", ASSUMED, "gone by where the player has leapt to")
    leap_reach: int = number(8, EVENTS, ASSUMED, "about a place that are taken along")

    sure: float = number(0.4, PROBABILITY, TRIED, "from which on a place is shown")
    practising: float = number(
        2.5, "attempts", REHEARSALS, "lately: from then on a place is shown before it is leapt to"
    )
    practised: float = number(
        0.9,
        "attempts",
        "0, .9, 1.25, 1.75 tried on validation cases",
        "lately: from then on a leap back is shown at once, and a place where an attempt began as below",
    )
    sure_elsewhere: float = number(0.6, PROBABILITY, REHEARSALS, "from which on it is shown then")
    sure_start: float = number(0.5, PROBABILITY, REHEARSALS, "the same where an attempt of the session began")
    events_behind: int = number(2, EVENTS, ASSUMED, "behind the place shown that count as that place")
    events_ahead: int = number(2, EVENTS, ASSUMED, "the same ahead")
    back_frames: int = number(8, FRAMES, ASSUMED, "for which a place behind must hold")
    back_sure: float = number(0.97, PROBABILITY, ASSUMED, "or from which it is shown at once")
    back_silent: int = number(15, FRAMES, ASSUMED, "without an onset after which only that does")
    glide: float = number(0.95, SHARE, ASSUMED, "of the way to the next event that is gone before it is heard")
    last_px: float = number(40.0, PX, ASSUMED, "beyond the last event of a system that its note is drawn out")
    slack_px: float = number(8.0, PX, ASSUMED, "the hand points this far behind what it means")

    found: float = number(
        8.0, NATS, ASSUMED, "by which the score explains the sound better than other music: following"
    )
    unlike: float = number(
        -1.0,
        NATS,
        "0 and -1 tried on validation cases",
        "the same: below, it moves no cursor that waits for a beginning",
    )
    proven: float = number(
        20.0, NATS, "looked at with other music", "the same of who was found elsewhere: before, it turns no page"
    )
    most: float = number(40.0, NATS, TRIED, "more is not believed")
    least: float = number(-4.0, NATS, TRIED, "and less")
    memory: float = number(30.0, ONSETS, ASSUMED, "for which that evidence counts, mean")
    unsure_s: float = number(3.0, SECONDS, TRIED, "without a likely place: lost")
    quiet_s: float = number(
        2.0, SECONDS, ASSUMED, "without an onset: who is lost is waited for, beliefs about who is silent stand still"
    )
    hold_phase: float = number(2.0, "expected durations", ASSUMED, "after which the player is waited for")
    hold_s: float = number(1.0, SECONDS, ASSUMED, "and for which nothing was struck")


@dataclass(frozen=True)
class Settings:
    """All of them."""

    observation: Observation = Observation()
    duration: Duration = Duration()
    company: CompanySettings = CompanySettings()
    hands: HandSettings = HandSettings()
    transition: Transition = Transition()
    ambiguity: Ambiguity = Ambiguity()
    decision: Decision = Decision()


DEFAULTS = Settings()
