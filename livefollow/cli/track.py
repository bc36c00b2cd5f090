"""`livefollow track`: follow a recording without a window."""

from __future__ import annotations

import argparse
import math
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
        start = int(page), float(x), float(y)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not PAGE:X_PT:Y_PT, as in 1:70:120") from error
    if not all(map(math.isfinite, start[1:])):
        raise argparse.ArgumentTypeError(f"{text!r} is not PAGE:X_PT:Y_PT, as in 1:70:120")
    return start


def check_csv(csv: Path, score: Path, audio: Path) -> None:
    """Refuse a name for the track that is a folder or in none, or that leads to the score or the recording.

    Raises:
        LivefollowError: it is such a name, or the score's folder may not be read.
    """
    from livefollow.errors import LivefollowError  # noqa: PLC0415
    from livefollow.score.files import PAGE_SUFFIXES, files_in  # noqa: PLC0415

    try:
        is_folder, in_folder = csv.is_dir(), csv.parent.is_dir()
    except OSError as error:  # the name is too long
        raise LivefollowError(f"{csv} cannot be written: {error.strerror}.") from error
    if is_folder:
        raise LivefollowError(f"{csv} cannot be written: it is a folder; give the name of a file.")
    if not in_folder:
        raise LivefollowError(f"{csv} cannot be written: there is no folder {csv.parent}.")
    pages = [file for file in files_in(score) if file.suffix.lower() in PAGE_SUFFIXES] if score.is_dir() else [score]
    page_to_be = csv.suffix.lower() in PAGE_SUFFIXES and _same(csv.parent, score)
    if page_to_be or any(_same(csv, page) for page in pages):
        raise LivefollowError(f"{csv} is the score itself; choose another name for the track.")
    if _same(csv, audio):
        raise LivefollowError(f"{csv} is the recording itself; choose another name for the track.")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one is not there
        return False


def run(args: argparse.Namespace) -> int:
    """Follow, write the track, and print its cost as one line of JSON.

    Raises:
        LivefollowError: score, sound or networks cannot be used, or the track cannot be written.
    """
    # Numbers, sound and networks are loaded only for this command.
    import json  # noqa: PLC0415
    import sys  # noqa: PLC0415

    from livefollow.evaluate.offline import check_sound, cost, read_score, replay  # noqa: PLC0415
    from livefollow.follow.agent import open_agent  # noqa: PLC0415
    from livefollow.score.score import Score  # noqa: PLC0415

    check_csv(args.csv, args.score, args.audio)
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
