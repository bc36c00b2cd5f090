"""Arguments that several commands have: score and recording, or a case; networks."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from livefollow.errors import LivefollowError
from livefollow.networks.manifest import PROVIDERS

if TYPE_CHECKING:
    from livefollow.evaluate.cases import Case


def add_piece_arguments(parser: argparse.ArgumentParser, *, required: bool = True, case: str = "") -> None:
    """Add score and recording.

    Args:
        parser: of the command.
        required: whether both must be given.
        case: help of `--case`, which may be given instead of both; empty for a command without it.
    """
    parser.add_argument("--score", type=Path, required=required, help="PDF, image, or folder of images")
    parser.add_argument("--audio", type=Path, required=required, help="WAV, FLAC, OGG or MP3")
    if case:
        parser.add_argument("--case", type=Path, metavar="DIR", help=case)


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that choose the networks and what they run on."""
    parser.add_argument("--models", type=Path, metavar="DIR", help="networks of your own: a folder, or one .onnx file")
    parser.add_argument("--provider", choices=PROVIDERS, default="auto", help="what the networks run on")


def check_folder(folder: Path | None) -> None:
    """Refuse a folder that cannot be written to before the work is done that goes there.

    Raises:
        LivefollowError: it is something else, or cannot be made or written.
    """
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileExistsError as error:
        raise LivefollowError(f"{folder} cannot be written: it is no folder; give the name of one.") from error
    except OSError as error:
        raise LivefollowError(f"{folder} cannot be written: {error.strerror or error}.") from error


def load_piece(args: argparse.Namespace) -> tuple[Case | None, Path, Path]:
    """Load the case, if one is given, and return it with the paths of score and recording.

    Raises:
        CaseError: the case is not as it must be.
        CommandError: score or recording is missing.
    """
    from livefollow.evaluate.cases import load_case  # noqa: PLC0415
    from livefollow.evaluate.runners import CommandError  # noqa: PLC0415

    if args.case:
        case = load_case(args.case)
        return case, case.score, case.audio
    if not (args.score and args.audio):
        raise CommandError("--score and --audio are needed, or --case.")
    return None, args.score, args.audio
