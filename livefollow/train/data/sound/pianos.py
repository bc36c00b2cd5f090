"""The pianos that performances are rendered on: sound fonts through FluidSynth, and sampled pianos of the corpus.

The hammer arrives on the note's onset, to a few milliseconds (`tests.benchmarks.train.onset_truth` measures it). One
piano is held out: what is learned is judged on an instrument that nothing was learned from.
"""

from __future__ import annotations

import ctypes.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import soxr

from livefollow.train.data.held_out import HELD_OUT_PIANO
from livefollow.train.data.sound.sampler import Sampler, SamplerNote
from livefollow.train.data.sound.sfz import PianoError

Sound = npt.NDArray[np.float32]
SCORE_PIANO = "fluid_r3"  # the one MSMD was rendered with

FONT_FOLDERS = (Path("/usr/share/sounds/sf2"), Path("/usr/share/sounds/sf3"), Path("/usr/share/soundfonts"))
CACHE_BYTES = 256 * 2**20  # of resampled sounds, per sampled piano and process
TAIL_S = 2.0  # rendered after the last key is let go
BLOCK = 64  # samples at a time that FluidSynth computes: events fall on their edges
BEND_RANGE = 2.0  # semitones of a full pitch bend
SAMPLED = {
    "splendid": Path("pianos/splendid/Splendid Grand Piano.sfz"),
    "salamander": Path("pianos/salamander"),
    "upright_kw": Path("pianos/upright_kw/upright_kw.sfz"),
    "old_fb": Path("pianos/old_fb/old_fb.sfz"),
}


@dataclass(frozen=True)
class SoundFont:
    """A piano in a General MIDI sound font."""

    files: tuple[str, ...]  # any of these
    package: str  # of Debian
    program: int = 0


SOUND_FONTS = {
    "fluid_r3": SoundFont(("FluidR3_GM.sf2",), "fluid-soundfont-gm"),
    "fluid_r3_bright": SoundFont(("FluidR3_GM.sf2",), "fluid-soundfont-gm", program=1),
    "musescore": SoundFont(("MuseScore_General_Full.sf3", "MuseScore_General.sf3"), "musescore-general-soundfont"),
    "musescore_bright": SoundFont(
        ("MuseScore_General_Full.sf3", "MuseScore_General.sf3"), "musescore-general-soundfont", program=1
    ),
    "timgm": SoundFont(("TimGM6mb.sf2",), "timgm6mb-soundfont"),
}


class Piano(Protocol):
    """An instrument that renders notes to sound."""

    def render(self, notes: Sequence[SamplerNote], sample_rate: int, tuning_hz: float = 440.0) -> Sound:
        """Render notes to sound.

        Args:
            notes: in any order, onsets ≥ 0.
            sample_rate: Hz.
            tuning_hz: of a'.

        Returns:
            (n,) float32, mono, dry, level as the instrument has it.
        """


def piano_names() -> list[str]:
    """The names of all pianos, the held-out one included."""
    return [*SOUND_FONTS, *SAMPLED]


def training_pianos() -> list[str]:
    """The pianos that may be learned from: never the held-out one."""
    return [name for name in piano_names() if name != HELD_OUT_PIANO]


def is_held_out(name: str) -> bool:
    """Whether a name, of a piano or of a file, stands for the held-out piano, in whatever case it is written."""
    return HELD_OUT_PIANO in name.lower()


@lru_cache(maxsize=16)
def open_piano(name: str, corpus: Path) -> Piano:
    """Open a piano by name; each is opened once per process.

    Args:
        name: one of `piano_names()`.
        corpus: folder with `pianos/` in it; sound fonts need none.

    Raises:
        PianoError: no such piano, or it is not installed; the message says what to install.
    """
    if name in SOUND_FONTS:
        return SoundFontPiano(SOUND_FONTS[name])
    if name in SAMPLED:
        return SampledPiano(corpus / SAMPLED[name])
    raise PianoError(f"no piano is called {name}; there are {', '.join(piano_names())}")


class SampledPiano:
    """A `Sampler` that can be tuned."""

    def __init__(self, piano: Path) -> None:
        """Read the mapping.

        Raises:
            PianoError: nothing playable there.
        """
        self._sampler = Sampler(piano, CACHE_BYTES)

    def render(self, notes: Sequence[SamplerNote], sample_rate: int, tuning_hz: float = 440.0) -> Sound:
        """Play notes: see `Piano`."""
        ratio = tuning_hz / 440.0
        # Played slower by as much as it is then sped up, all voices stay in the cache whatever the tuning.
        slower = [SamplerNote(n.onset * ratio, n.duration * ratio, n.pitch, n.velocity) for n in notes]
        sound = self._sampler.render(slower, sample_rate)
        if ratio == 1.0 or not len(sound):
            return sound
        return np.asarray(soxr.resample(sound, sample_rate * ratio, sample_rate), np.float32)


class SoundFontPiano:
    """A sound font's piano on FluidSynth, without its reverb and chorus."""

    def __init__(self, font: SoundFont) -> None:
        """Find the file; it is loaded when first played.

        Raises:
            PianoError: the font or FluidSynth is missing.
        """
        self._font = font
        self._path = find_font(font)
        self._synths: dict[int, Any] = {}

    def render(self, notes: Sequence[SamplerNote], sample_rate: int, tuning_hz: float = 440.0) -> Sound:
        """Play notes: see `Piano`."""
        synth = self._synth(sample_rate)
        synth.pitch_bend(0, round(12 * np.log2(tuning_hz / 440.0) / BEND_RANGE * 8192))
        sound = play_events(synth, notes, sample_rate)
        synth.system_reset()
        return sound

    def _synth(self, sample_rate: int) -> Any:
        if sample_rate not in self._synths:
            self._synths[sample_rate] = open_synth(self._path, sample_rate, self._font.program)
        synth = self._synths[sample_rate]
        synth.program_select(0, 1, 0, self._font.program)
        return synth


def find_font(font: SoundFont) -> Path:
    """Find the file of an installed sound font.

    Raises:
        PianoError: nowhere; the message names the package.
    """
    for folder in FONT_FOLDERS:
        for file in font.files:
            if (folder / file).is_file():
                return folder / file
    raise PianoError(f"{font.files[0]} is not installed (Debian: apt install {font.package})")


def open_synth(path: Path, sample_rate: int, program: int) -> Any:
    """A FluidSynth with one sound font, number 1, on channel 0; no effects.

    Raises:
        PianoError: FluidSynth is not installed.
    """
    if not ctypes.util.find_library("fluidsynth"):
        raise PianoError("FluidSynth is not installed (Debian: apt install fluidsynth)")
    # It fails to import where the library is missing.
    import fluidsynth  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415

    synth = fluidsynth.Synth(
        gain=0.6,
        samplerate=float(sample_rate),
        **{"synth.reverb.active": 0, "synth.chorus.active": 0, "synth.polyphony": 512},
    )
    if synth.sfload(str(path)) != 1:
        raise PianoError(f"{path.name} cannot be read")
    synth.program_select(0, 1, 0, program)
    return synth


def play_events(synth: Any, notes: Sequence[SamplerNote], sample_rate: int) -> Sound:
    """Let a synthesizer play notes on channel 0.

    Args:
        synth: from `open_synth`.
        notes: in any order.
        sample_rate: the synthesizer's, Hz.

    Returns:
        (n,) float32 mono; ends `TAIL_S` after the last key is let go.
    """
    events = [(round(n.onset * sample_rate), 1, n.pitch, n.velocity) for n in notes]
    events += [(round((n.onset + n.duration) * sample_rate), 0, n.pitch, 0) for n in notes]
    blocks: list[npt.NDArray[np.int16]] = []
    now = 0
    for at, on, pitch, velocity in sorted(events):
        # To the nearest edge of a block: FluidSynth would take every event late.
        edge = BLOCK * round(at / BLOCK)
        if edge > now:
            blocks.append(synth.get_samples(edge - now))
            now = edge
        if on:
            synth.noteon(0, pitch, velocity)
        else:
            synth.noteoff(0, pitch)
    blocks.append(synth.get_samples(BLOCK * round(TAIL_S * sample_rate / BLOCK)))
    stereo = np.concatenate(blocks).reshape(-1, 2)
    return np.asarray(stereo.mean(axis=1, dtype=np.float32) / 32768.0, np.float32)
