"""The follower: frames in, positions out.

One thread pushes frames, or has `follow` take them from a capture as they come. Another may read the score with the
agent meanwhile, and any thread may place the cursor.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np

from livefollow.constants import FRAME_WIDTH
from livefollow.features.capture import POLL_S, Capture
from livefollow.features.frames import frame_time_s
from livefollow.follow.agent import Agent, HasReading, SeesScreen, TakesLinks
from livefollow.follow.narration import Narration
from livefollow.follow.position import Estimate, Position, on_strip
from livefollow.networks.listener import FloatArray
from livefollow.score.links.printed import read_links
from livefollow.score.score import Score
from livefollow.score.strip import Strip


def tell_visible_pages(agent: Agent, strip: Strip, pages: Collection[int]) -> None:
    """Tell an agent which pages are on the screen, if it uses that.

    Args:
        agent: that has read, or is reading, the score.
        strip: of that score; to be told again after more has been read.
        pages: from 1; empty where it is not known.
    """
    if isinstance(agent, SeesScreen):
        agent.show_spans([(float(p.x0), float(p.x1)) for p in strip.placements if p.system.page in pages])


def tell_printed_links(agent: Agent, score: Score) -> None:
    """Tell an agent that has read a score from where to where words and signs in it lead."""
    if isinstance(agent, TakesLinks) and isinstance(agent, HasReading):
        agent.take_links(read_links(agent.reading, score.directions))


class Follower:
    """An agent on a strip that may still grow.

    Attributes:
        busy_s: seconds the last push took.
        paused: while it is set, by any thread, `follow` skips the sound.
    """

    def __init__(self, agent: Agent, strip: Strip) -> None:
        """Take an agent and its strip.

        Args:
            agent: that has read, or is reading, the score.
            strip: of that score.
        """
        self._agent, self._strip = agent, strip
        self._narration = Narration()
        self.busy_s = 0.0
        self.paused = False

    def push(self, frames: FloatArray, first: int) -> list[Position]:
        """Follow some frames.

        Args:
            frames: (k, 468).
            first: number of the first of them since the sound began.

        Returns:
            One position per frame, or none before any event has been read.
        """
        start = time.perf_counter()
        estimates = self._agent.step(frames)
        positions = [self._position(estimate, first + i) for i, estimate in enumerate(estimates)]
        self.busy_s = time.perf_counter() - start
        if self._narration.wanted:
            for position in positions:
                self._narration.hear(position)
        return positions

    def follow(self, capture: Capture, first: int = 0) -> Iterator[list[Position]]:
        """Yield positions as the sound comes in, for all waiting frames at once: the last is the one to show.

        Ends with the recording, or when another thread stops the capture.

        Args:
            capture: started.
            first: number of its first frame, where there was sound before it.
        """
        ring = capture.frames
        frames = np.empty((ring.capacity, FRAME_WIDTH), np.float32)
        overruns = ring.overruns
        while True:
            over = capture.finished  # asked first: what came before the end is still read
            k = ring.read(frames)
            if ring.overruns != overruns:
                overruns = ring.overruns
                self._agent.forget()
            if k and self.paused:
                self._agent.forget()
            elif k:
                yield self.push(frames[:k], first + ring.position - k)
            elif over:
                return
            else:
                time.sleep(POLL_S)

    def place(self, page: int, x_pt: float, y_pt: float) -> None:
        """Go on from a point on a page, where the player has pointed, with the next frame.

        Args:
            page: from 1.
            x_pt, y_pt: points from the top left; the nearest system is meant.

        Raises:
            LookupError: no system of that page is on the strip.
        """
        self._agent.place(self._strip.from_page(page, x_pt, y_pt))

    def _position(self, estimate: Estimate, frame: int) -> Position:
        time_s = frame_time_s(frame)
        position = on_strip(self._strip.at(estimate.x), estimate, time_s)
        if estimate.heard is None:
            return position
        place = replace(estimate, x=estimate.heard)
        return replace(position, heard=on_strip(self._strip.at(place.x), place, time_s))
