"""Pictures of pages as a phone takes them: bent, curled, seen from the side, under lamps and hands, JPEG."""

from __future__ import annotations

import cv2
import numpy as np

from tests.benchmarks.score.troubled.picture import Clean, Damaged, Kind, Picture

TABLE = 70  # grey level of what lies under the page
MARGIN = 0.06  # of the page's width around it


def _cylinder(sag: float) -> np.ndarray:
    """How much further down each column of 1001 stands, in page widths, of a page that bulges evenly."""
    x = np.linspace(0, 1, 1001)
    return np.asarray(sag * 4 * x * (1 - x))


def _curl(sag: float, left: bool) -> np.ndarray:
    """The same of a page that curls into the gutter on one side."""
    x = np.linspace(0, 1, 1001)
    return np.asarray(sag * np.exp(-(x if left else 1 - x) / 0.12))


def phone(bend: np.ndarray, degrees: tuple[float, float], light: str, jpeg: int = 60) -> Kind:
    """A page that is bent and seen from the side.

    Args:
        bend: (1001,) how much further down a column stands, page widths.
        degrees: by which the camera looks from the right and from below.
        light: lamp, hand, phone or plain.
        jpeg: quality.
    """

    def kind(clean: Clean, seed: int) -> Damaged:
        rng = np.random.default_rng(seed)
        page = clean.page.image
        height, width = page.shape
        margin = round(MARGIN * width)
        bent = np.full((height + 2 * margin, width + 2 * margin), TABLE, np.float32)
        y, x = np.meshgrid(*(np.arange(n, dtype=np.float32) for n in bent.shape), indexing="ij")
        down = np.interp((x[0] - margin) / width, np.linspace(0, 1, 1001), bend) * width
        # what is further from the camera's height moves more
        at = y - margin - (down * (0.6 + 0.4 * y / bent.shape[0])).astype(np.float32)
        bent = cv2.remap(page, x - margin, at.astype(np.float32), cv2.INTER_LINEAR, borderValue=TABLE)
        seen = cv2.warpPerspective(bent, _view(bent.shape, degrees), bent.shape[::-1], borderValue=TABLE)
        soft = cv2.GaussianBlur(seen, (0, 0), 0.8).astype(np.float32)
        lit = (18 + soft * 0.86) * _light(bent.shape, light, rng) + rng.normal(0, 4, bent.shape)
        picture = np.clip(lit, 0, 255).astype(np.uint8)
        return Damaged(picture, clean.staves, jpeg)

    return kind


def _view(shape: tuple[int, ...], degrees: tuple[float, float]) -> np.ndarray:
    """The map of a sheet seen from so far right and below, from two and a half sheets away."""
    height, width = shape
    a, b = np.radians(degrees)
    middle = np.array([width / 2, height / 2])
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = source - middle
    turn = np.array([[np.cos(a), 0], [0, np.cos(b)]])
    far = 2.5 * height
    depth = 1 + (corners[:, :1] * np.sin(a) + corners[:, 1:] * np.sin(b)) / far
    seen = corners @ turn / depth
    seen *= 0.98 * min(width / np.ptp(seen[:, 0]), height / np.ptp(seen[:, 1]))
    seen += middle - (seen.max(0) + seen.min(0)) / 2
    return np.asarray(cv2.getPerspectiveTransform(source, seen.astype(np.float32)))


def _light(shape: tuple[int, ...], kind: str, rng: np.random.Generator) -> Picture:
    y, x = np.meshgrid(np.linspace(0, 1, shape[0]), np.linspace(0, 1, shape[1]), indexing="ij")
    at = rng.uniform(0, 1, 2)
    light = 1 - 0.35 * np.hypot(x - at[0], y - at[1])
    if kind == "lamp":
        light = 0.45 + 0.6 * np.exp(-((x - at[0]) ** 2 + (y - 0.2) ** 2) / 0.35)
    elif kind in ("hand", "phone"):
        shade = np.ones(shape, np.float32)
        middle = int(rng.uniform(0.3, 0.7) * shape[1]), int(rng.uniform(0.5, 0.8) * shape[0])
        size = (int(0.16 * shape[1]), int(0.3 * shape[0]))
        if kind == "phone":
            corners = cv2.boxPoints((middle, (2.0 * size[0], 1.3 * size[1]), float(rng.uniform(-25, 25))))
            cv2.fillPoly(shade, [corners.astype(np.int32)], 0.55)
        else:
            for spread in (-20, -7, 6, 19):
                cv2.ellipse(shade, middle, (size[0] // 4, size[1]), spread, 0, 360, 0.5, -1)
            cv2.ellipse(shade, (middle[0], middle[1] + size[1] // 2), size, 0, 0, 360, 0.5, -1)
        light = light * cv2.GaussianBlur(shade, (0, 0), 9)
    return np.asarray(np.clip(light, 0, 1.05))


KINDS: dict[str, Kind] = {
    "cylinder": phone(_cylinder(0.03), (3, 2), "plain"),
    "cylinder, hand": phone(_cylinder(0.02), (-4, 5), "hand"),
    "cylinder, phone's shadow": phone(_cylinder(-0.02), (2, 6), "phone"),
    "curl at the gutter": phone(_curl(0.035, left=True), (4, 3), "plain"),
    "curl at the right, lamp": phone(_curl(0.03, left=False), (-3, 4), "lamp"),
    "from 12 degrees, lamp": phone(_cylinder(0.0), (12, 4), "lamp"),
    "from 15 degrees": phone(_cylinder(0.0), (-15, 8), "plain"),
    "from below, hand": phone(_cylinder(0.01), (2, 15), "hand"),
    "curl, 10 degrees, phone's shadow": phone(_curl(0.02, left=True), (10, 5), "phone"),
    "cylinder, 8 degrees, lamp": phone(_cylinder(0.025), (8, 8), "lamp"),
}
