"""Readers and listeners that are not there: what the networks might say of a score and of a performance.

`strength` scales how wrong they are: 0 an oracle, 1 what a good network does on pianos and engravings it knows, 2 what
may be hoped for on others. The localizer must not depend on the details: they are guesses.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS, LOWEST_PITCH, N_PITCHES
from livefollow.score.reading import FINAL, MARK, Reading
from livefollow.train.data.notation.music import Music
from livefollow.train.data.score_look import ScoreLook

FloatArray = npt.NDArray[np.float32]
Keys = npt.NDArray[np.void]

MEMBER = 0.97  # probability that an oracle gives to what is there
PX_PER_QUARTER = 40.0  # of music that was never engraved
QUIET_DB, LOUD_DB = -60.0, -30.0


def oracle_reading(look: ScoreLook) -> tuple[Reading, npt.NDArray[np.float64]]:
    """What a faultless reader says of a look, and the (E,) printed quarter notes of its events."""
    heads = look.heads[~look.heads["tied"] & (look.heads["grace"] == 0)]
    key = np.round(heads["onset"] * 960).astype(int)
    onsets = np.unique(key)
    x = np.array([np.median(heads["x"][key == k]) for k in onsets])
    pitches = np.full((len(onsets), N_PITCHES), 0.002, np.float32)
    for i, k in enumerate(onsets):
        struck = heads["pitch"][key == k] - LOWEST_PITCH
        pitches[i, struck[(struck >= 0) & (struck < N_PITCHES)]] = MEMBER
    quarters = onsets / 960
    last = max(0.25, float(heads["duration"][key == onsets[-1]].max()))
    beats = np.append(np.diff(quarters), last)
    system = np.searchsorted(look.systems[:, 2], x, side="right") - 1
    marks = np.zeros(len(look.marks), MARK)
    marks["x"], marks["kind"], marks["p"] = look.marks["x"], look.marks["kind"], MEMBER
    order = np.argsort(x, kind="stable")
    presence = np.full(len(x), MEMBER, np.float32)
    reading = Reading(
        x[order],
        pitches[order],
        np.clip(beats, 1 / 8, 8).astype(np.float32)[order],
        presence,
        np.maximum(0, system[order]).astype(np.int32),
        marks,
    )
    return reading, quarters[order]


def engraved(music: Music) -> tuple[Reading, npt.NDArray[np.float64]]:
    """The same of music that has no look: x in proportion to time, four bars a system."""
    notes = [n for n in music.notes if not n.grace]
    quarters = np.array(sorted({n.onset for n in notes}))
    place = {q: i for i, q in enumerate(quarters)}
    pitches = np.full((len(quarters), N_PITCHES), 0.002, np.float32)
    for n in notes:
        pitches[place[n.onset], n.pitch - LOWEST_PITCH] = MEMBER
    bar = np.searchsorted(music.bars, quarters + 1e-6) - 1
    beats = np.append(np.diff(quarters), max(n.duration for n in notes if n.onset == quarters[-1]))
    x = PX_PER_QUARTER * quarters + 60.0 * (bar // 4) + 60
    marks = np.zeros(len(music.bars) + 1, MARK)
    marks["x"][:-1] = [PX_PER_QUARTER * b + 60 * (k // 4) + 52 for k, b in enumerate(music.bars)]
    marks["x"][-1], marks["kind"][-1], marks["p"] = x[-1] + PX_PER_QUARTER * beats[-1], FINAL, MEMBER
    return Reading(
        x,
        pitches,
        beats.astype(np.float32),
        np.full(len(quarters), MEMBER, np.float32),
        (bar // 4).astype(np.int32),
        marks,
    ), quarters


def misread(reading: Reading, rng: np.random.Generator, strength: float = 1.0) -> Reading:
    """A reading with events missed, invented and merged, wrong pitches and wrong note values."""
    if not strength or not len(reading):
        return reading
    n = len(reading)
    keep = rng.random(n) >= 0.03 * strength
    keep[0] |= not keep.any()
    kept = np.flatnonzero(keep)
    member = reading.pitches > 0.5
    pitches = _misread_pitches(member, rng, strength)[kept]
    x = reading.x[kept] + rng.normal(0, 1.5, len(kept))
    octaves = np.where(rng.random(len(kept)) < 0.08 * strength, rng.choice([-0.5, 0.5], len(kept)), 0)
    octaves = octaves + np.where(rng.random(len(kept)) < 0.02 * strength, rng.choice([-2, -1, 1, 2], len(kept)), 0)
    beats = reading.beats[kept] * 2 ** (octaves + rng.normal(0, 0.06, len(kept)))
    presence = 1 - rng.beta(1, 12, len(kept))
    system = reading.system[kept]
    false = rng.choice(n, rng.binomial(n, 0.015 * strength), replace=False)
    false = false[false < n - 1]
    false = false[reading.system[false] == reading.system[false + 1]]
    made_up = np.clip(rng.beta(0.5, 6, (len(false), N_PITCHES)) * (rng.random((len(false), N_PITCHES)) < 0.03), 0, 1)
    made_up = np.maximum(made_up, 0.7 * pitches[rng.integers(len(kept), size=len(false))])
    x = np.concatenate([x, reading.x[false] + rng.uniform(0.3, 0.7, len(false)) * (np.diff(reading.x)[false])])
    order = np.argsort(x, kind="stable")
    return replace(
        reading,
        x=np.maximum.accumulate(x[order]),
        pitches=np.concatenate([pitches, made_up])[order].astype(np.float32),
        beats=np.clip(np.concatenate([beats, 0.5 * reading.beats[false]]), 1 / 8, 8)[order].astype(np.float32),
        presence=np.concatenate([presence, rng.uniform(0.35, 0.9, len(false))])[order].astype(np.float32),
        system=np.concatenate([system, reading.system[false]])[order],
    )


def _misread_pitches(member: npt.NDArray[np.bool_], rng: np.random.Generator, strength: float) -> FloatArray:
    """(n, N_PITCHES) probabilities."""
    out = rng.beta(0.3, 60, member.shape)
    event, pitch = np.nonzero(member)
    fate = rng.random(len(event))
    shift = np.zeros(len(event), int)
    wrong = fate < 0.03 * strength
    shift[wrong] = rng.choice([-1, 1, -1, 1, -12, 12, -2, 2], wrong.sum())
    seen = fate < 1 - 0.04 * strength
    certainty = 1 - rng.beta(1, 12, len(event))
    certainty[wrong] = rng.uniform(0.3, 0.95, wrong.sum())
    at = np.clip(pitch + shift, 0, N_PITCHES - 1)
    out[event[seen], at[seen]] = certainty[seen]
    return out.astype(np.float32)


def listen(
    keys: Keys, end_s: float, rng: np.random.Generator, strength: float = 1.0
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """What a listener says of keys pressed: (T, N_PITCHES) onsets and sounding, (T,) dB; a frame late, as trained.

    Args:
        keys: of `KEY`, by onset.
        end_s: until when it listens.
        rng: decides.
        strength: of its errors.
    """
    frames = int(np.ceil((end_s + 1) * FPS)) + 2
    onsets = np.zeros((frames + 4, N_PITCHES), np.float32)
    sounding = np.zeros((frames + 4, N_PITCHES), np.float32)
    level = np.full(frames, QUIET_DB, np.float32)
    t, pitch = keys["onset_s"], keys["pitch"].astype(int) - LOWEST_PITCH
    together = np.array([np.count_nonzero(abs(t - s) < 0.06) for s in t]) if len(t) else np.zeros(0)
    for i in range(len(keys)):
        top = pitch[i] >= pitch[abs(t - t[i]) < 0.06].max()
        miss = 0.03 + 0.025 * min(together[i] - 1, 5) * (not top) + 0.05 * (pitch[i] < 24)
        miss += 0.1 * float(np.clip((45 - float(keys["velocity"][i])) / 30, 0, 1))
        frame = int(FPS * (t[i] + rng.normal(0, 0.006 * strength))) + 1
        last = max(frame + 1, min(frames, int(FPS * keys["offset_s"][i]) + 1))
        fade = np.exp(-np.arange(last - frame) / (40 + 2 * (N_PITCHES - pitch[i])))
        sounding[frame:last, pitch[i]] = np.maximum(sounding[frame:last, pitch[i]], 0.9 * fade**strength)
        level[min(frame, frames - 1) : min(last, frames)] = LOUD_DB
        heard = rng.random() >= miss * strength
        strengths = (1 - rng.beta(1, 8) * min(strength, 1)) if heard else rng.uniform(0, 0.35)
        _mark(onsets, frame, pitch[i], strengths, rng, strength)
        for interval, chance in ((12, 0.06), (-12, 0.03), (19, 0.025), (7, 0.012), (1, 0.008), (24, 0.012)):
            if rng.random() < chance * strength and 0 <= pitch[i] + interval < N_PITCHES:
                _mark(onsets, frame, pitch[i] + interval, rng.uniform(0.2, 0.95), rng, strength)
    _stray(onsets, rng, strength)
    return onsets[:frames], sounding[:frames], level


def _mark(onsets: FloatArray, frame: int, pitch: int, strength: float, rng: np.random.Generator, smear: float) -> None:
    """One onset, spread over two frames now and then, with a faint trace behind it."""
    split = rng.uniform(0.2, 0.8) if rng.random() < 0.25 * smear else float(rng.random() < 0.05 * smear)
    for k, share in ((0, 1 - split), (1, split), (2, 0.08 * smear * rng.random())):
        if frame + k < len(onsets):
            value = strength * min(1.0, share * 1.25)
            onsets[frame + k, pitch] = max(onsets[frame + k, pitch], value)


def _stray(onsets: FloatArray, rng: np.random.Generator, strength: float) -> None:
    """Onsets of nothing, and a floor that is not quite zero."""
    if not strength:
        return
    n = rng.poisson(0.02 * strength * len(onsets))
    where = rng.integers(len(onsets), size=n), np.clip(rng.normal(40, 14, n), 0, N_PITCHES - 1).astype(int)
    onsets[where] = np.maximum(onsets[where], rng.uniform(0.1, 0.8, n))
    np.maximum(onsets, rng.beta(0.08, 50, onsets.shape).astype(np.float32) * min(strength, 1.5), out=onsets)


def noise(
    seconds: float, rng: np.random.Generator, per_second: float = 4.0
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """What a listener makes of speech: clusters of pitches that glide, at any time."""
    frames = int(seconds * FPS)
    onsets = np.zeros((frames, N_PITCHES), np.float32)
    sounding = np.zeros((frames, N_PITCHES), np.float32)
    centre = 40.0
    for frame in np.flatnonzero(rng.random(frames) < per_second / FPS):
        centre += rng.normal(0, 3) + 0.2 * (38 - centre)
        for _ in range(rng.integers(1, 4)):
            pitch = int(np.clip(centre + rng.choice([0, 0, 1, 12, 19]) + rng.integers(-2, 3), 0, N_PITCHES - 1))
            onsets[frame, pitch] = rng.uniform(0.2, 1)
            sounding[frame : frame + 4, pitch] = 0.6
    return onsets, sounding, np.full(frames, LOUD_DB, np.float32)
