"""`livefollow render`: its arguments, and what it says."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `livefollow render`."""
    parser.add_argument("--score", type=Path, required=True, help="PDF, image, or folder of images")
    parser.add_argument("--audio", type=Path, required=True, help="WAV, FLAC, OGG or MP3")
    parser.add_argument("--csv", type=Path, metavar="TRACK.csv", help="positions, as livefollow track writes them")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.mp4", help="the film")


def run(args: argparse.Namespace) -> int:
    """Make the film and say what it is.

    Raises:
        LivefollowError: something cannot be read or written, or there is no track.
    """
    # PyAV and OpenCV are loaded only for this command.
    from livefollow.evaluate.film import FilmError, write_film  # noqa: PLC0415
    from livefollow.evaluate.track import load_track  # noqa: PLC0415

    if args.csv is None:
        raise FilmError("There is no agent to follow with yet: give a track with --csv.")
    print(write_film(args.score, args.audio, load_track(args.csv), args.out))
    return 0
