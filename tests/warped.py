"""Copies of clean pages that are skewed, bent or photographed, with the map that says where every point went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.score.document import Page

Points = npt.NDArray[np.float64]  # (..., 2) x, y in px


@dataclass(frozen=True)
class Warp:
    """A kind of damage: where a pixel of the copy comes from, and what else happens to the picture."""

    name: str
    source: Callable[[Points, tuple[int, int]], Points]  # copy px, (height, width) -> original px
    photographed: bool = False

    def apply(self, page: Page, seed: int = 0) -> tuple[Page, Callable[[Points], Points]]:
        """The damaged page, and the map of original px to px of the copy."""
        height, width = page.image.shape
        grid = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), axis=-1)
        at = (self.source(grid, (height, width)) - 0.5).astype(np.float32)
        image = cv2.remap(page.image, at, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
        if self.photographed:
            image = photograph(image, seed)

        def forward(points: Points) -> Points:
            guess = np.array(points, np.float64)
            for _ in range(30):
                guess = guess + points - self.source(guess, (height, width))
            return guess

        return Page(page.number, page.width, page.height, image, page.scale), forward


def photograph(image: npt.NDArray[np.uint8], seed: int) -> npt.NDArray[np.uint8]:
    """Uneven light, a soft lens, noise, and JPEG."""
    rng = np.random.default_rng(seed)
    height, width = image.shape
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    light = 0.78 - 0.22 * x * np.cos(seed) - 0.15 * y * np.sin(seed + 1) - 0.1 * (x * x + y * y)
    soft = cv2.GaussianBlur(image, (0, 0), 0.9).astype(np.float64)
    noisy = (25 + soft / 255 * 215) * light + rng.normal(0, 5, image.shape)
    _, data = cv2.imencode(".jpg", np.clip(noisy, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 70])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def skew(degrees: float) -> Callable[[Points, tuple[int, int]], Points]:
    """Turned about the middle."""
    turn = np.array([[np.cos(a := np.radians(degrees)), np.sin(a)], [-np.sin(a), np.cos(a)]])

    def source(points: Points, size: tuple[int, int]) -> Points:
        middle = np.array([size[1], size[0]]) / 2
        return (points - middle) @ turn.T + middle

    return source


def bend(sag: float) -> Callable[[Points, tuple[int, int]], Points]:
    """Lines hang through and curl up at the gutter; `sag` in shares of the page's width."""

    def source(points: Points, size: tuple[int, int]) -> Points:
        x = points[..., 0] / size[1]
        curl = sag * size[1] * (np.sin(np.pi * x) + 0.5 * np.exp(-((x / 0.12) ** 2)))
        return np.stack([points[..., 0], points[..., 1] + curl * (0.4 + 0.6 * points[..., 1] / size[0])], axis=-1)

    return source


def camera(tilt: float, barrel: float, degrees: float) -> Callable[[Points, tuple[int, int]], Points]:
    """Seen from the side and below, through a lens that bulges, held a little askew."""
    askew = skew(degrees)

    def source(points: Points, size: tuple[int, int]) -> Points:
        middle = np.array([size[1], size[0]]) / 2
        at = (askew(points, size) - middle) / size[1]
        at = at * (1 + barrel * (at**2).sum(-1, keepdims=True))
        depth = 1 + tilt * at[..., :1] + 0.6 * tilt * at[..., 1:]
        return at / depth * size[1] + middle

    return source


WARPS = [
    Warp("as engraved", skew(0)),
    Warp("skewed 2°", skew(2)),
    Warp("skewed -2°", skew(-2)),
    Warp("bent", bend(0.008)),
    Warp("bent and skewed", lambda p, size: bend(0.006)(skew(-1)(p, size), size)),
    Warp("photographed", camera(0.06, 0.04, 1), photographed=True),
    Warp("photographed, bent", lambda p, size: bend(0.005)(camera(-0.05, 0.03, -1)(p, size), size), photographed=True),
]
