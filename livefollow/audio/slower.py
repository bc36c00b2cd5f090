"""Slows a stream of sound down without lowering its pitch."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from av.filter import Graph

Samples = npt.NDArray[np.float32]

SLOWEST, FASTEST = 0.5, 1.0  # share of the speed: what one pass of FFmpeg's `atempo` does well


class Slower:
    """Stretches a stream of samples; at full speed it is left unchanged."""

    def __init__(self, rate: int, channels: int, speed: float) -> None:
        """Prepare for the first block.

        Args:
            rate: Hz.
            channels: one or two; of more the first two are taken.
            speed: from SLOWEST to FASTEST.
        """
        self._rate, self._speed = rate, min(FASTEST, max(SLOWEST, speed))
        self._layout = "mono" if channels == 1 else "stereo"
        self._channels = channels
        self._graph = self._open() if self._speed < FASTEST else None
        self._fed = 0

    def feed(self, block: Samples) -> Samples:
        """Take a block and return the stretched samples that are ready.

        Args:
            block: (n, channels).

        Returns:
            (m, channels); m is about n / speed, in jumps.
        """
        if self._graph is None:
            return block
        import av  # noqa: PLC0415  # heavy, and only for those who play slowly

        planes = np.ascontiguousarray(block[:, :2].T)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=self._layout)
        frame.sample_rate, frame.pts = self._rate, self._fed
        self._fed += len(block)
        self._graph.push(frame)
        out = [np.empty((0, self._channels), np.float32)]
        while True:
            try:
                pulled = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                break
            if isinstance(pulled, av.AudioFrame):
                sound = pulled.to_ndarray()
                heard = np.zeros((pulled.samples, self._channels), np.float32)
                heard[:, :2] = sound.T if pulled.format.is_planar else sound.reshape(pulled.samples, -1)
                out.append(heard)
        return np.concatenate(out)

    def _open(self) -> Graph:
        from av.filter import Graph  # noqa: PLC0415

        graph = Graph()
        source = graph.add_abuffer(
            format="fltp", sample_rate=self._rate, layout=self._layout, time_base=Fraction(1, self._rate)
        )
        tempo, sink = graph.add("atempo", f"{self._speed}"), graph.add("abuffersink")
        source.link_to(tempo)
        tempo.link_to(sink)
        graph.configure()
        return graph
