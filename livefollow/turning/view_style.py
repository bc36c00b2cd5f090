"""How a score is shown: layout, highlight and paper, in points and colours, without pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.turning.view import Highlight, Layout

STYLES = ("none", "line", "box", "bar", "system")
PAPERS = ("white", "sepia", "night")
MARGIN = 0.18  # of the system's height, above and below the highlight
LINE_PT = 7.0  # width of the line
BOX_PT = (16.0, 30.0)  # before and after the place: players read ahead
FAINT = 0.35  # share of the opacity, for the rest of the system
LIT = 0.6  # share of the colour on night paper

ByteArray = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class ViewStyle:
    """Layout, highlight and paper that were chosen."""

    layout: Layout = Layout.SINGLE
    style: str = "system"  # one of STYLES
    colour: str = "#82b9ff"
    opacity: float = 0.8
    paper: str = "white"  # one of PAPERS

    def tint(self, share: float) -> tuple[int, int, int]:
        """Return the RGB colour that multiplies the paper, or that is added to it on night paper."""
        base = tuple(int(self.colour[k : k + 2], 16) for k in (1, 3, 5))
        strength = self.opacity * share
        if self.paper == "night":
            red, green, blue = (round(v * strength * LIT) for v in base)
        else:
            red, green, blue = (round(255 - (255 - v) * strength) for v in base)
        return red, green, blue


DEFAULT_STYLE = ViewStyle()


def stripes(highlight: Highlight, x_pt: float, style: str) -> list[tuple[float, float, float]]:
    """Return what is tinted in the system: left and right ends in points, and the share of the opacity of each."""
    line = (x_pt - LINE_PT / 2, x_pt + LINE_PT / 2, 1.0)
    match style:
        case "line":
            return [line]
        case "bar" if highlight.bar:
            return [(*highlight.bar, FAINT), line]
        case "box" | "bar":  # the box where bars are not known
            return [(x_pt - BOX_PT[0], x_pt + BOX_PT[1], FAINT), line]
        case "system":
            return [(highlight.left - LINE_PT / 2, highlight.right + LINE_PT / 2, FAINT), line]
        case _:
            return []


def paper_table(paper: str) -> ByteArray:
    """Return a (256, 3) lookup table from red, green and blue values to those on a paper."""
    # Ink and paper: night paper is not pure white on black, which glares.
    ink, sheet = {
        "white": ((0, 0, 0), (255, 255, 255)),
        "sepia": ((38, 26, 14), (246, 234, 208)),
        "night": ((214, 208, 196), (22, 22, 24)),
    }[paper]
    share = np.arange(256)[:, None] / 255
    return np.asarray(np.round(np.array(ink) * (1 - share) + np.array(sheet) * share), np.uint8)
