"""The dataset's folder."""

from __future__ import annotations

from pathlib import Path

import platformdirs


def default_data() -> Path:
    """The folder of datasets when none is named."""
    return platformdirs.user_cache_path("livefollow") / "data"
