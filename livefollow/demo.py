"""The piece that comes with the program: a score, a recording of it, and the truth."""

from __future__ import annotations

from pathlib import Path


def demo_folder() -> Path:
    """Where it lies: inside the package where it was installed, in `assets` in a checkout."""
    package = Path(__file__).parent
    inside = package / "demo_piece"
    return inside if inside.is_dir() else package.parent / "assets" / "demo"


def demo_score() -> Path:
    """The demo's score, a PDF."""
    return demo_folder() / "score.pdf"


def demo_recording() -> Path:
    """A performance of the demo's score, an OGG file."""
    return demo_folder() / "performance.ogg"
