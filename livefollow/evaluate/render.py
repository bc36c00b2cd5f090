"""`livefollow render`: its arguments, and what it says."""

from __future__ import annotations

import argparse
from pathlib import Path

from livefollow.evaluate.tracking import add_model_arguments


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `livefollow render`."""
    parser.add_argument("--score", type=Path, required=True, help="PDF, image, or folder of images")
    parser.add_argument("--audio", type=Path, required=True, help="WAV, FLAC, OGG or MP3")
    parser.add_argument("--csv", type=Path, metavar="TRACK.csv", help="positions, as livefollow track writes them")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.mp4", help="the film")
    parser.add_argument("--agent", metavar="NAME", help="who follows where there is no --csv (the default one)")
    parser.add_argument("--password", help="of an encrypted PDF")
    add_model_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Make the film, of a track or of what an agent follows, and say what it is.

    Raises:
        LivefollowError: score, sound, track or networks cannot be used, or the film cannot be written.
    """
    # PyAV, OpenCV and networks are loaded only for this command.
    from livefollow.evaluate.film import write_film  # noqa: PLC0415
    from livefollow.evaluate.replay import check_sound, read_score, replay  # noqa: PLC0415
    from livefollow.evaluate.track import load_track  # noqa: PLC0415
    from livefollow.follow.agent import open_agent  # noqa: PLC0415
    from livefollow.score.score import Score  # noqa: PLC0415

    if args.csv:
        track = load_track(args.csv)
        with Score(args.score, password=args.password) as score:
            print(write_film(score, args.audio, track, args.out))
        return 0
    agent = open_agent(args.agent, args.models, args.provider)
    check_sound(args.audio)
    with Score(args.score, password=args.password) as score:
        read_score(agent, score)
        print(write_film(score, args.audio, replay(agent, score, args.audio).track, args.out))
    return 0
