"""A progress bar on standard error; silent if that is no terminal."""

from __future__ import annotations

from threading import RLock
from typing import Any

from tqdm import tqdm


class ProgressBar(tqdm):  # type: ignore[misc]  # tqdm has no types
    """tqdm's bar, removed when the work is done; silent if standard error is no terminal."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """Take the arguments of tqdm."""
        super().__init__(*args, **{"leave": False, "disable": None, "dynamic_ncols": True} | more)


# Bars are shared by threads, never by processes: tqdm's default lock would open a system semaphore.
ProgressBar.set_lock(RLock())
