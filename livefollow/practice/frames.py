"""The frames of a report from a track: its places on the page are found on the strip as the score is read now."""

from __future__ import annotations

import numpy as np

from livefollow.follow.track import Track
from livefollow.practice.passes import Frames
from livefollow.score.strip import Strip


def frames_of(track: Track, strip: Strip) -> Frames:
    """Return the frames of a track; of pages that are not on the strip, none."""
    x = np.full(len(track), np.nan)
    systems = np.stack([track.page.astype(np.float64), track.top_pt, track.bottom_pt], axis=1)
    kinds, of = np.unique(systems, axis=0, return_inverse=True)
    for k, (page, top, bottom) in enumerate(kinds.tolist()):
        here = of.reshape(-1) == k
        middle = (top + bottom) / 2
        try:
            place = strip.nearest(int(page), float(np.median(track.x_pt[here])), middle)
        except LookupError:
            continue
        x[here] = np.clip(place.from_page(track.x_pt[here], middle), place.x0, place.x1)
    there = np.isfinite(x)
    return Frames(track.time_s[there], x[there], track.confidence[there], track.state[there])
