"""Settings of the damage to bands: how one scan or photograph of a page differs from the engraving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

CLEAN_SHARE = 0.12  # of drawn settings, those without any damage but a change of scale


@dataclass(frozen=True)
class AugmentSettings:
    """The damage to the bands of a page's systems. The defaults change nothing.

    Attributes:
        scale_x: width of everything, 1 as it was.
        stretch: px by which columns wander sideways.
        scale_y: height of everything around a staff's middle line.
        wander: px by which a staff that is taken for straight bends.
        tilt: px by which a staff rises from end to end.
        lean: dx/dy of what should stand upright.
        line_ink: darkness of bare staff lines, 1 as it was.
        line_spread: share of their ink that a staff line's neighbouring rows get.
        line_breaks: gaps per 1,000 px of a staff line.
        spread: -1 to 1: ink spreads, or (negative) is eaten away.
        fade: 0 to 1: how pale the ink is in patches.
        pencil: scribbles and fingerings per 1,000 px of both staves.
        erased: blank patches per 1,000 px.
        dust: specks per 1,000 px.
        stains: stains and shadows per 1,000 px.
        show_through: 0 to 1: how dark the page behind shines through.
        blur: standard deviation, px.
        motion: 0 to 1: share of the picture that was smeared, by 5 px.
        motion_upright: whether it was smeared upright, not sideways.
        ink: grey of the blackest ink, 0 to 255.
        gamma: of the grey scale; above 1 darkens half tones.
        noise: standard deviation of the sensor's noise, of 255.
        coarse: whether the noise is as coarse as a film's grain or a poor compression's.
        resolution: of the scan in px per px of the bands; 1 or more keeps the bands' own.
        bitonal: px per px of the bands at which the scan is cut to black and white; 0 keeps its greys.
        threshold: where it is cut, 0 (thin ink is lost) to 1 (half-tones become black); staff lines stay.
        jpeg: quality of its compression; 0 for none.
    """

    scale_x: float = 1.0
    stretch: float = 0.0
    scale_y: float = 1.0
    wander: float = 0.0
    tilt: float = 0.0
    lean: float = 0.0
    line_ink: float = 1.0
    line_spread: float = 0.0
    line_breaks: float = 0.0
    spread: float = 0.0
    fade: float = 0.0
    pencil: float = 0.0
    erased: float = 0.0
    dust: float = 0.0
    stains: float = 0.0
    show_through: float = 0.0
    blur: float = 0.0
    motion: float = 0.0
    motion_upright: bool = False
    ink: float = 0.0
    gamma: float = 1.0
    noise: float = 0.0
    coarse: bool = False
    resolution: float = 1.0
    bitonal: int = 0
    threshold: float = 0.5
    jpeg: int = 0


def draw_settings(rng: np.random.Generator) -> AugmentSettings:
    """Draw settings: mostly mild, sometimes severe; half are scans in black and white."""
    geometry: dict[str, Any] = {
        "scale_x": rng.uniform(0.9, 1.1),
        "scale_y": rng.uniform(0.96, 1.04),
    }
    if rng.random() < CLEAN_SHARE:
        return AugmentSettings(**geometry)
    severity = float(rng.beta(1.2, 3.0))  # mean 0.29

    def sometimes(share: float, low: float, high: float, otherwise: float = 0.0) -> float:
        """With this probability a value from `low` towards `high`, the further the more severe they are."""
        reach = severity * rng.uniform(0.5, 1.5)
        return low + (high - low) * min(1.0, reach) if rng.random() < share else otherwise

    def sign() -> float:
        return float(rng.choice((-1.0, 1.0)))

    geometry |= {
        "stretch": sometimes(0.5, 0.5, 4.0),
        "wander": sometimes(0.7, 0.2, 1.5),
        "tilt": sign() * sometimes(0.5, 0.1, 1.5),
        "lean": sign() * sometimes(0.5, 0.002, 0.03),
    }
    paper: dict[str, Any] = {
        "fade": sometimes(0.25, 0.1, 0.6),
        "pencil": sometimes(0.15, 1.0, 9.0),
        "erased": sometimes(0.05, 0.5, 4.0),
        "dust": sometimes(0.5, 1.0, 60.0),
        "stains": sometimes(0.15, 0.5, 4.0),
        "show_through": sometimes(0.15, 0.04, 0.25),
        "line_breaks": sometimes(0.3, 1.0, 25.0),
        "spread": sometimes(0.4, 0.05, 0.8) if rng.random() < 0.6 else -sometimes(0.3, 0.05, 0.5),
    }
    file = _draw_file(severity, rng)
    lines: dict[str, Any] = {}
    kind = rng.random()
    if file.get("bitonal"):  # printed lines are 1 to 1.5 px thick
        lines = {"line_spread": rng.uniform(0.0, 0.6)}
    elif kind < 0.2:
        lines = {"line_ink": rng.uniform(0.4, 0.85)}
    elif kind < 0.5:
        lines = {"line_spread": rng.uniform(0.1, 0.8)}
    optics: dict[str, Any] = {
        "blur": sometimes(0.6, 0.25, 1.0),
        "motion": sometimes(0.08, 0.2, 0.9),
        "motion_upright": bool(rng.random() < 0.3),
        "ink": sometimes(0.5, 10.0, 120.0),
        "gamma": float(np.exp(rng.normal(0.1, 0.25))),
        "noise": sometimes(0.5, 2.0, 20.0),
        "coarse": bool(rng.random() < 0.4),
    }
    return AugmentSettings(**geometry, **paper, **lines, **optics, **file)


def _draw_file(severity: float, rng: np.random.Generator) -> dict[str, Any]:
    """Draw how the scan was stored: resolution, bitonal, threshold, jpeg."""
    kind = rng.random()
    if kind < 0.5:
        return {"bitonal": int(rng.choice((2, 3))), "threshold": rng.uniform(0.15, 0.85)}
    if kind < 0.56:  # a poor old scan: black and white at little more than the bands' resolution
        return {"bitonal": 1, "threshold": rng.uniform(0.2, 0.8), "resolution": rng.uniform(0.9, 1.0)}
    resolution = 1.0 - (0.1 + 0.4 * severity) * rng.random() if rng.random() < 0.35 else 1.0
    if kind < 0.78:
        return {"resolution": resolution, "jpeg": round(95 - 75 * severity * rng.uniform(0.5, 1.0))}
    return {"resolution": resolution}
