"""The tools for writing on the score, and their colours and sizes."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass, field
from enum import StrEnum

from livefollow.score.annotations.kinds import StampKind

PENS = ("#1a1a1a", "#c8281e", "#0062a8", "#00795a", "#8e3a8e")  # black, red, blue, green, purple
HIGHLIGHTERS = ("#ffe14d", "#a8e6a1", "#ffb3cf", "#a9d4ff", "#ffc680")  # yellow, green, pink, blue, orange
LIGHTEST = 0.62  # lightness that ink has at least on night paper
SIZES = (0.6, 1.0, 1.7)  # factors: fine, medium, broad
PENCIL_PT, HIGHLIGHTER_PT = 1.3, 10.0  # widths of medium strokes
FINGER_SPACES, TEXT_SPACES = 2.8, 3.0  # sizes of fonts, in staff spaces
STAMP_SPACES = {
    StampKind.BREATH: 3.4,
    StampKind.CAESURA: 3.0,
    StampKind.CUT: 4.5,
    StampKind.GLASSES: 3.0,
    StampKind.BRACKET: 6.0,
}
ERASER_PX = 7.0  # its radius, times the screen's pixel ratio
DIGITS = "12345"


class Tool(StrEnum):
    """What a press on the page does while the player writes."""

    PENCIL = "pencil"
    HIGHLIGHTER = "highlighter"
    ERASER = "eraser"
    FINGERING = "fingering"
    TEXT = "text"
    STAMP = "stamp"


@dataclass
class ToolBox:
    """The tool in hand, and how each is set."""

    tool: Tool = Tool.PENCIL
    digit: str = "1"
    stamp: StampKind = StampKind.BREATH
    size: int = 1  # index of SIZES
    _colours: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})  # index, by whether it highlights

    @property
    def colours(self) -> tuple[str, ...]:
        """The colours that the tool in hand may have."""
        return HIGHLIGHTERS if self.tool is Tool.HIGHLIGHTER else PENS

    @property
    def chosen(self) -> int:
        """Index of the colour of the tool in hand."""
        return self._colours[self.tool is Tool.HIGHLIGHTER]

    @property
    def colour(self) -> str:
        """Colour of the tool in hand, #rrggbb as on white paper."""
        return self.colours[self.chosen]

    def choose(self, index: int) -> None:
        """Choose a colour for the tool in hand, and those that share its colours."""
        self._colours[self.tool is Tool.HIGHLIGHTER] = index

    @property
    def factor(self) -> float:
        """Factor on widths and sizes."""
        return SIZES[self.size]


def at_night(colour: str) -> str:
    """Return the colour of ink on night paper: of the same hue, light enough to be read."""
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = colorsys.hls_to_rgb(hue, max(LIGHTEST, 1 - lightness), saturation)
    return "#" + "".join(f"{round(255 * share):02x}" for share in light)
