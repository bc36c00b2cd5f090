"""`livefollow track`: follow a recording without a window."""

from __future__ import annotations

import argparse
from pathlib import Path

from livefollow.cli.inputs import add_model_arguments, add_piece_arguments


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `livefollow track`."""
    add_piece_arguments(parser)
    parser.add_argument("--csv", type=Path, required=True, metavar="OUT.csv", help="a row per frame is written here")
    parser.add_argument("--start", type=parse_start, metavar="PAGE:X_PT:Y_PT", help="where the player begins")
    parser.add_argument("--realtime", action="store_true", help="at the recording's own speed")
    parser.add_argument("--agent", metavar="NAME", help="who follows (the default one)")
    parser.add_argument("--password", help="of an encrypted PDF")
    parser.add_argument(  # stands before the command as well
        "-v",
        "--verbose",
        action="store_true",
        default=argparse.SUPPRESS,
        help="say where the player is found, leaps, states, tuning",
    )
    add_model_arguments(parser)


def parse_start(text: str) -> tuple[int, float, float]:
    """Parse PAGE:X_PT:Y_PT as numbers.

    Raises:
        ArgumentTypeError: it is something else.
    """
    try:
        page, x, y = text.split(":")
        return int(page), float(x), float(y)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not PAGE:X_PT:Y_PT, as in 1:70:120") from error


def run(args: argparse.Namespace) -> int:
    """Follow, write the track, and print its cost as one line of JSON.

    Raises:
        LivefollowError: score, sound or networks cannot be used, or the track cannot be written.
    """
    # Numbers, sound and networks are loaded only for this command.
    import json  # noqa: PLC0415
    import sys  # noqa: PLC0415

    from livefollow.errors import LivefollowError  # noqa: PLC0415
    from livefollow.evaluate.offline import check_sound, cost, read_score, replay  # noqa: PLC0415
    from livefollow.follow.agent import open_agent  # noqa: PLC0415
    from livefollow.score.score import Score  # noqa: PLC0415

    if not args.csv.parent.is_dir():
        raise LivefollowError(f"{args.csv} cannot be written: there is no folder {args.csv.parent}.")
    agent = open_agent(args.agent, args.models, args.provider)
    check_sound(args.audio)
    with Score(args.score, password=args.password) as score:
        reading_s = read_score(agent, score)
        for remark in score.remarks:
            print(f"livefollow: {remark}", file=sys.stderr)
        done = replay(agent, score, args.audio, start=args.start, realtime=args.realtime)
        pages = score.document.page_count
    done.track.save(args.csv)
    networks = {f"{network.name} {network.version}": network.provider for network in agent.networks}
    reading = {"pages": pages, "reading_s_per_page": round(reading_s / pages, 4)}
    print(json.dumps(cost(done) | reading | {"networks": networks}))
    return 0
