"""What the localizer assumes of players, readers and listeners: the one place for its numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Probabilities and rates; those "per frame" are at `constants.FPS`."""

    # --- what is heard, onset probabilities per pitch and frame ---
    faint: float = 0.05  # an onset less probable than this is not looked at
    trust: float = 1.0  # power to which the listener's evidence is raised
    hit: float = 0.6  # a note that is played is heard, in its frame
    extra: float = 0.004  # beside the notes of an event another one is heard
    octave: float = 0.03  # its harmonics and the octave below are heard: by mistake of listener or reader
    neighbour: float = 0.02  # a key next to it is heard: a forgotten accidental, a slip
    late: float = 0.06  # a note of an event is heard in the frames after its first
    stray: float = 0.00015  # a note the score does not explain, while its notes sound on; average over pitches
    stray_chords: float = 0.02  # a chord of them: an event the reader missed
    chord: float = 0.03  # each of its pitches
    still: float = 0.00003  # a note in a room where nobody plays
    sparse: float = 0.0005  # a note of other music, slow
    sparse_chords: float = 0.02
    dense: float = 0.002  # the same, busy
    dense_chords: float = 0.2
    wrong: float = 0.2  # the reader has an event's notes wrong, or the listener hears others: any chord is struck there
    misread: float = 0.0003  # what is heard is what the best event of the score expects, but is not where the player is
    foreign: float = 0.003  # the same in other music
    sounding: float = 0.15  # weight of the pitches that sound on, nats

    # --- how the player goes on ---
    slowest: float = 16.0  # quarter notes per minute
    fastest: float = 400.0
    n_tempi: int = 18
    start_tempo: float = 84.0  # quarter notes per minute
    start_spread: float = 0.7  # octaves
    tempo_step: float = 0.12  # probability that the tempo is another at the next event, each way
    tempo_leap: float = 0.01  # the same, any tempo
    timing: float = 0.25  # standard deviation of log time between events at a given tempo
    jitter: float = 0.5  # standard deviation of an onset's frame, frames
    misjudged: float = 0.15  # probability that the note value was read wrong
    misjudged_spread: float = 0.7  # standard deviation of the log of such a value
    stop: float = 0.012  # probability that the player stops after an event
    stop_s: float = 12.0  # for how long, mean
    unplayed: float = 0.08  # probability that an event that is there is left out
    again: float = 0.002  # per frame: the event is struck again

    search_on: float = 0.05  # with each onset the player goes on, whatever the time since the last: where the search is

    # --- where else the player may be, per frame ---
    leave: float = 0.001  # goes on elsewhere
    leave_stopped: float = 0.05  # the same, of one who had stopped: those who jump do
    overdue: float = 1.6  # phase from which on the player has stopped
    overdue_s: float = 0.5  # and the seconds for which nothing was struck
    stray_off: float = 0.0006  # plays what is not the score
    return_: float = 0.02  # plays the score again
    resume: float = 0.02  # the same, from the place where he was
    seen: float = 20.0  # × as likely begins on what is on the screen one who has not begun yet
    repeat: float = 0.06  # goes back to the repeat's start, while at its end
    repeat_again: float = 0.1  # × as likely when he has done so before
    repeat_on: float = 4.0  # × as likely then that he leaves the first ending out
    start_again: float = 0.5  # of those who go on elsewhere begin where attempts of this session began
    start_return: float = 0.1  # the same, of those who play the score again: other music begins there as little
    start_fades: float = 0.8  # × the weight of a start with each one that comes after it
    practice_s: float = 60.0  # seconds for which the rate of attempts is remembered, mean
    restarts: float = 0.5  # of the attempts: begin at a start without a stop before
    most_restarts: float = 0.01  # probability that one begins
    echo_begins: float = 0.001  # per onset: what was heard before fits nowhere, and begins anew anywhere
    echo_share: float = 0.001  # of the fit of the present place, from which on another is a copy of it
    echo_enters: float = 0.03  # × as likely as elsewhere the player goes on at a copy
    leap_mass: float = 0.9  # posterior of all places elsewhere from which on the localizer leaps to the likeliest
    leap_share: float = 0.25  # and the share of the likeliest place in it
    leap_frames: int = 3  # for which it holds
    equal_alike: float = 6.0  # × less likely than the likeliest of equal places: the nearest is the better guess
    equal_shown: float = 20.0  # × as likely as the place shown is an equal of it that is shown in its stead
    equal_found: float = 16.0  # nats by which the score explains the sound better: the player is at one of his places

    # --- states ---
    found: float = 8.0  # nats by which the score explains the sound better than other music: following
    lost: float = 0.0  # below: lost
    found_again: float = 6.0  # nats from which on one who is lost is shown where they seem to be
    most: float = 40.0  # more is not believed
    least: float = -4.0  # and less
    unsure_s: float = 3.0  # seconds without a likely place: lost
    memory: float = 30.0  # onsets for which that evidence counts
    sure: float = 0.4  # posterior from which on a place is shown


DEFAULTS = Settings()
