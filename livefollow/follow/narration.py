"""What a follower does, in words, for `-v` and for bug reports: states, and where it goes on elsewhere."""

from __future__ import annotations

import logging

from livefollow.constants import STAFF_SPACE
from livefollow.follow.position import Position

logger = logging.getLogger(__name__)

LEAP_PX = 8 * STAFF_SPACE  # strip px: nobody plays as far in a frame


class Narration:
    """Logs the changes from one position to the next."""

    def __init__(self) -> None:
        """Know no position yet."""
        self._last: Position | None = None

    @property
    def wanted(self) -> bool:
        """Whether anybody reads it."""
        return logger.isEnabledFor(logging.INFO)

    def hear(self, position: Position) -> None:
        """Take the next position."""
        last, self._last = self._last, position
        where = f"page {position.page}, system {position.system}"
        minutes, seconds = divmod(position.time_s, 60)
        at = f"{minutes:.0f}:{seconds:04.1f}"
        if last is None or position.state is not last.state:
            logger.info("%s %s, %s, confidence %.2f", at, position.state.value, where, position.confidence)
        if last is not None and abs(position.strip_x - last.strip_x) > LEAP_PX and not _next_system(last, position):
            way = "back" if position.strip_x < last.strip_x else "on"
            came = f"page {last.page}, system {last.system}"
            logger.info("%s leaps %s to %s, from %s, confidence %.2f", at, way, where, came, position.confidence)


def _next_system(last: Position, position: Position) -> bool:
    """Whether the music goes on at the beginning of the next line."""
    same_page = position.page == last.page and position.system == last.system + 1
    return same_page or (position.page == last.page + 1 and position.system == 1)
