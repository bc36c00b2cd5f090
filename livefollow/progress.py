"""A bar on standard error for work that takes a while; silent where nobody watches."""

from __future__ import annotations

from threading import RLock
from typing import Any

from tqdm import tqdm


class ProgressBar(tqdm):  # type: ignore[misc]  # tqdm has no types
    """tqdm's bar, gone when the work is done, and quiet where standard error is no terminal."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """Arguments as tqdm's."""
        super().__init__(*args, **{"leave": False, "disable": None, "dynamic_ncols": True} | more)


# Threads share a bar here, processes never: tqdm's own lock would open a semaphore of the system.
ProgressBar.set_lock(RLock())
