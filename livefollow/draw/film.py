"""A film of the following: the page with the highlight, turned in time, with the sound.

One picture per audio frame: picture k is what the program showed at k / 20 s. Sound and pictures are written side by
side, so that memory does not grow with the length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import soundfile

from livefollow.constants import FPS
from livefollow.draw.screen import HEIGHT, Screen
from livefollow.errors import AudioError, LivefollowError
from livefollow.follow.position import Position, State
from livefollow.follow.track import Track
from livefollow.progress import ProgressBar
from livefollow.score.score import Score
from livefollow.score.strip import Strip
from livefollow.turning.stage import Stage
from livefollow.turning.view import Highlight, Layout, View, Words
from livefollow.turning.view_style import DEFAULT_STYLE, ViewStyle

BLOCK_S = 0.5  # of sound written at a time
AAC_RATES = (44_100, 48_000)  # Hz that are kept; other rates become the first
SOUND_RATE = 160_000  # bits per second
QUALITY = {"preset": "veryfast", "crf": "22"}  # of H.264
PLAIN_RATE = 4_000_000  # bits per second of MPEG-4, where the build lacks H.264


class FilmError(LivefollowError):
    """The film cannot be made."""


class Projector:
    """Says what is seen at a time: follows a track row by row and turns the pages."""

    def __init__(
        self,
        track: Track,
        strip: Strip,
        pages: int = 0,
        layout: Layout = Layout.SINGLE,
        order: Sequence[int] = (),
    ) -> None:
        """Start on the page of the first row.

        Args:
            track: positions of a follower.
            strip: the whole score, for the places of systems and pages.
            pages: number of pages of the document; those with music by default.
            layout: how they are laid out.
            order: see `Stage`.
        """
        self._track, self._strip = track, strip
        self._stage = Stage(strip, int(track.page[0]), pages, layout, order=order)
        self._strip_x = 0.0
        self._next = 0

    def at(self, time_s: float) -> tuple[View, Highlight, Words]:
        """Return view, highlight and words at a time in seconds, which must not go back."""
        now = int(self._track.row_at(time_s))
        for k in range(self._next, now + 1):
            self._stage.show(self._on_strip(self._track.position(k)))
        self._next = max(self._next, now + 1)
        position = self._track.position(now)
        highlight = self._stage.highlight(self._on_strip(position))
        return self._stage.view, highlight, self._stage.words(position, time_s)

    def _on_strip(self, position: Position) -> Position:
        """Return the position with its place on the strip: other followers do not know it."""
        try:
            found = position.found_on(self._strip)
        except LookupError:  # the track is on a page without music
            return replace(position, strip_x=self._strip_x, state=State.LOST)
        self._strip_x = found.strip_x
        return found


def write_film(
    score: Score,
    audio: Path,
    track: Track,
    out: Path,
    view_style: ViewStyle = DEFAULT_STYLE,
    tell: Callable[[int], object] = lambda _: None,
) -> str:
    """Write a film with picture and sound.

    Args:
        score: opened; it is read here where it has not been.
        audio: anything libsndfile reads.
        track: positions of a follower on the two.
        out: the film; its suffix chooses the container (.mp4, .mkv, .mov).
        view_style: layout, highlight and paper.
        tell: called with the percentage done whenever it has grown.

    Returns:
        A sentence that says what was written.

    Raises:
        ScoreError: the score cannot be read.
        AudioError: the recording cannot be read.
        FilmError: the track is of another score, or the film cannot be written.
    """
    with _open_sound(audio) as sound:
        pages, path = score.document.page_count, score.document.path
        if int(track.page.max()) > pages:
            raise FilmError(f"The track is on page {int(track.page.max())}, but {path} has {pages} pages.")
        if not score.systems:
            for _ in ProgressBar(score.read(), total=score.document.page_count, desc="reading", unit="page"):
                pass
        part = out.with_name(f".{out.stem}.part{out.suffix}")
        try:
            count = _write(score, sound, track, part, view_style, tell)
            part.replace(out)
        except (av.FFmpegError, OSError, ValueError) as error:
            raise FilmError(f"{out} cannot be written: {error}.") from error
        finally:
            part.unlink(missing_ok=True)
    return f"{count / FPS:.1f} s of film, {count} pictures: written to {out}"


def _write(
    score: Score,
    sound: soundfile.SoundFile,
    track: Track,
    path: Path,
    view_style: ViewStyle,
    tell: Callable[[int], object],
) -> int:
    """Write the film and return its number of pictures."""
    screen = Screen(score.document, view_style)
    projector = Projector(track, score.strip, score.document.page_count, view_style.layout, score.pages)
    told = -1
    count = max(1, round(sound.frames / sound.samplerate * FPS))
    with av.open(str(path), "w") as film:
        has_h264 = "libx264" in av.codecs_available
        video = film.add_stream("libx264" if has_h264 else "mpeg4", rate=FPS, options=QUALITY if has_h264 else {})
        video.width, video.height, video.pix_fmt = screen.width, HEIGHT, "yuv420p"
        if not has_h264:
            video.bit_rate = PLAIN_RATE
        rate = sound.samplerate if sound.samplerate in AAC_RATES else AAC_RATES[0]
        voice = film.add_stream("aac", rate=rate, layout="mono" if sound.channels == 1 else "stereo")
        voice.bit_rate = SOUND_RATE
        blocks = _blocks(sound)
        heard = 0.0
        for k in ProgressBar(range(count), desc="filming", unit="picture"):
            while heard <= k / FPS and (block := next(blocks, None)) is not None:
                film.mux(voice.encode(block))
                heard += block.samples / block.sample_rate
            picture = av.VideoFrame.from_ndarray(screen.draw(*projector.at(k / FPS)), format="rgb24")
            film.mux(video.encode(picture))
            if (percent := 100 * (k + 1) // count) > told:
                told = percent
                tell(percent)
        for block in blocks:
            film.mux(voice.encode(block))
        film.mux(voice.encode(None))
        film.mux(video.encode(None))
    return count


def _blocks(sound: soundfile.SoundFile) -> Iterator[av.AudioFrame]:
    """Yield the recording in blocks of BLOCK_S, with one or two channels."""
    done = 0
    for block in sound.blocks(int(BLOCK_S * sound.samplerate), dtype="float32", always_2d=True):
        planes = np.ascontiguousarray(block[:, :2].T)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="mono" if len(planes) == 1 else "stereo")
        frame.sample_rate, frame.pts = sound.samplerate, done
        done += planes.shape[1]
        yield frame


def _open_sound(audio: Path) -> soundfile.SoundFile:
    try:
        sound = soundfile.SoundFile(audio)
    except (soundfile.LibsndfileError, OSError) as error:
        raise AudioError(f"{audio} cannot be read as sound (WAV, FLAC, OGG or MP3): {error}.") from error
    if sound.frames == 0:
        sound.close()
        raise AudioError(f"{audio} holds no sound.")
    return sound
