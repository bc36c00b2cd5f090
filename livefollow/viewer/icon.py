"""The app's icon, and the name under which desktops know the app."""

from __future__ import annotations

from pathlib import Path

APP_ID = "org.livefollow.livefollow"
ICON = Path(__file__).parent / "livefollow.svg"
