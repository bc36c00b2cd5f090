"""`livefollow map`: a picture of sound against score."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from livefollow.cli.inputs import add_model_arguments, add_piece_arguments, load_piece

if TYPE_CHECKING:
    from livefollow.score.reading import Reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `livefollow map`."""
    add_piece_arguments(parser, required=False, case="a case in their place; its truth is drawn, too")
    parser.add_argument("--seconds", type=_span, metavar="FROM:TO", help="of the recording; all of it by default")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT.png", help="the picture")
    parser.add_argument("--agent", metavar="NAME", help="whose reader and listener (the default one's)")
    add_model_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Draw the picture and print where it is.

    Raises:
        LivefollowError: score, sound or networks cannot be used, or the picture cannot be written.
    """
    # Numbers, sound and networks are loaded only for this command.
    from livefollow.draw.similarity import draw  # noqa: PLC0415
    from livefollow.evaluate.report import require_matplotlib  # noqa: PLC0415
    from livefollow.evaluate.similarity import hear_all, similarity, true_events  # noqa: PLC0415
    from livefollow.networks.listener import LISTENER, Listener  # noqa: PLC0415
    from livefollow.networks.manifest import load_manifest  # noqa: PLC0415
    from livefollow.networks.reader import READER, Reader  # noqa: PLC0415
    from livefollow.networks.runtime import load_network  # noqa: PLC0415
    from livefollow.score.reading import concatenate  # noqa: PLC0415
    from livefollow.score.score import Score  # noqa: PLC0415

    require_matplotlib("A map")
    case, score_path, audio = load_piece(args)
    manifest = load_manifest(args.models)
    parts = manifest.agent(args.agent)[1]
    reader, listener = (
        load_network(manifest.network(parts[spec.kind]), spec, args.provider) for spec in (READER, LISTENER)
    )
    heard = hear_all(Listener(listener), audio)
    with Score(score_path) as score:
        readings: list[Reading] = []
        for _ in score.read():
            unread = range(len(readings), len(score.strip.placements))
            readings += [Reader(reader).read(score.strip, i) for i in unread]
        found = similarity(concatenate(readings), heard)
        truth = true_events(case.truth, found.model, score.strip) if case and case.truth else None
    draw(found, args.out, truth, args.seconds)
    print(args.out)
    return 0


def _span(text: str) -> tuple[float, float]:
    """Parse FROM:TO as seconds."""
    try:
        start, stop = (float(part) for part in text.split(":"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not FROM:TO, as in 20:60") from error
    if not 0 <= start < stop:
        raise argparse.ArgumentTypeError(f"{text!r} is no time from one second to a later one")
    return start, stop
