"""`livefollow render`: a film of a track, or of what an agent follows."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from livefollow.cli.inputs import add_model_arguments, add_piece_arguments, load_piece

if TYPE_CHECKING:
    from livefollow.evaluate.cases import Case
    from livefollow.follow.track import Track

# As in `turning.view` and `turning.view_style`, which are loaded only for this command.
LAYOUTS = ("single", "half", "two")
HIGHLIGHTS = ("none", "line", "box", "bar", "system")
PAPERS = ("white", "sepia", "night")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `livefollow render`."""
    add_piece_arguments(parser, required=False, case="a case in their place; says how well it was followed")
    parser.add_argument("--csv", type=Path, metavar="TRACK.csv", help="positions, as livefollow track writes them")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.mp4", help="the film")
    parser.add_argument("--agent", metavar="NAME", help="who follows where there is no --csv (the default one)")
    parser.add_argument("--layout", choices=LAYOUTS, default="single", help="one page, with half-turns, or two pages")
    parser.add_argument("--highlight", choices=HIGHLIGHTS, default="system", help="how the place is shown")
    parser.add_argument("--colour", type=colour, default="#82b9ff", metavar="#RRGGBB", help="of the highlight")
    parser.add_argument("--opacity", type=opacity, default=0.8, metavar="SHARE", help="of the highlight, 0 to 1")
    parser.add_argument("--paper", choices=PAPERS, default="white", help="colour of the paper")
    parser.add_argument("--percent", action="store_true", help="print how much is done, a line for each percent")
    password = parser.add_mutually_exclusive_group()
    password.add_argument("--password", help="of an encrypted PDF")
    password.add_argument("--password-stdin", action="store_true", help="the same, read from standard input")
    add_model_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Make the film and print a sentence about it.

    Raises:
        LivefollowError: score, sound, track or networks cannot be used, or the film cannot be written.
    """
    # PyAV, OpenCV and networks are loaded only for this command.
    from livefollow.draw.film import write_film  # noqa: PLC0415
    from livefollow.evaluate.offline import check_sound, read_score, replay  # noqa: PLC0415
    from livefollow.follow.agent import open_agent  # noqa: PLC0415
    from livefollow.follow.track import load_track  # noqa: PLC0415
    from livefollow.score.score import Score  # noqa: PLC0415
    from livefollow.turning.view import Layout  # noqa: PLC0415
    from livefollow.turning.view_style import ViewStyle  # noqa: PLC0415

    case, score_path, audio = load_piece(args)
    track = load_track(args.csv) if args.csv else None
    agent = None if track else open_agent(args.agent, args.models, args.provider)
    check_sound(audio)
    password = (
        sys.stdin.buffer.readline().decode(errors="replace").rstrip("\r\n") if args.password_stdin else args.password
    )
    with Score(score_path, password=password) as score:
        if agent:
            read_score(agent, score)
            track = replay(agent, score, audio).track
        assert track
        view_style = ViewStyle(Layout(args.layout), args.highlight, args.colour, args.opacity, args.paper)
        print(write_film(score, audio, track, args.out, view_style, _tell if args.percent else lambda _: None))
    if case and case.truth:
        print(_verdict(case, track))
    return 0


def colour(text: str) -> str:
    """Check that a text is a colour, `#rrggbb`."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", text):
        raise argparse.ArgumentTypeError(f"{text} is no colour like #82b9ff")
    return text.lower()


def opacity(text: str) -> float:
    """Parse a number from 0 to 1."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no share from 0 to 1")
    return share


def _tell(percent: int) -> None:
    print(f"{percent} %", flush=True)


def _verdict(case: Case, track: Track) -> str:
    """Say in one line how well a case was followed."""
    from livefollow.evaluate.metrics import evaluate, within  # noqa: PLC0415

    found = evaluate(case, track)
    return (
        f"{case.name}: R_on {found.r_on:.2f}; {within(found.errors, 0.5):.1%} of {found.onsets} onsets within 0.5 s; "
        f"page right {found.errors.page_ok.mean():.1%}"
    )
