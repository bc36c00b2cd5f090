"""The command line. Imports Qt, sound, madmom and OpenCV only when a command needs them."""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import logging
import os
import shlex
import sys
from collections.abc import Collection
from pathlib import Path

from livefollow import __version__
from livefollow.cli import evaluate as command
from livefollow.cli import film as render
from livefollow.cli import map as mapping
from livefollow.cli import track as tracking
from livefollow.cli.inputs import add_model_arguments, check_folder
from livefollow.errors import LivefollowError

LEARNING = (
    "data",
    "train",
    "export",
    "paper",
    "inspect",
)  # their arguments are known only where the extra `train` is installed
USAGE = "livefollow [OPTION ...] [FILE ...]\n       livefollow COMMAND ..."


def main(argv: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: arguments without the program's name; `sys.argv` by default.

    Returns:
        Exit code: 0 ok, 1 failed otherwise (a case of `evaluate`, what cannot be written, no display), 2 usage, 3 no
        such device, 4 unreadable score, 5 bad model, 6 unreadable audio, 130 stopped by Ctrl+C.
    """
    _open_what_is_closed()
    _replace_what_cannot_be_encoded()
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EFBIG):
            raise
        # Nobody reads what is printed, or there is no room for it.
        if error.errno != errno.EPIPE:
            print(f"livefollow: what is printed cannot be written: {error.strerror}.", file=sys.stderr)
        _print_nowhere()
        return 1
    return code


def _run(arguments: list[str]) -> int:
    """Do what is asked for, and return the exit code."""
    try:
        if arguments and arguments[0] in LEARNING:
            return run_learning(arguments)
        args = parse(arguments)
        if args.verbose:
            logging.basicConfig(level=logging.INFO, format="livefollow: %(message)s")
        if args.list_devices:
            return tell_levels() if args.levels else list_devices(as_json=args.json)
        if args.command:
            return int(args.run(args))
        return run_self_test(args) if args.self_test else run_window(args)
    except LivefollowError as error:
        print(f"livefollow: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130


def parse(arguments: list[str]) -> argparse.Namespace:
    """Parse the arguments of a command, or of the window, which has the files to open as `files`.

    The first word that is no option is a command's name or a file; a file called like a command is `./track`.

    Raises:
        SystemExit: they are wrong, or help or the version was asked for.
    """
    first = argparse.ArgumentParser(usage=USAGE, add_help=False)
    add_window_arguments(first)
    first.add_argument("words", nargs=argparse.REMAINDER)
    words = first.parse_known_args(arguments)[0].words
    parser, commands = build_parser()
    if not words or words[0] in commands:
        args = parser.parse_args(arguments)
        if args.command:
            _refuse_before(parser, args.command, arguments)
        args.files = []
    else:
        files = argparse.ArgumentParser(prog="livefollow", usage=USAGE)
        add_window_arguments(files)
        files.add_argument("files", type=Path, nargs="*")
        args = files.parse_intermixed_args(arguments)
        args.command = None
    if args.command is None:
        args.files = ([args.score] if args.score else []) + args.files
    return args


def add_window_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the window, and those that replace it, such as `--list-devices`."""
    parser.add_argument("--version", action="version", version=f"livefollow {__version__}")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what is done, and why, on standard error")
    parser.add_argument("--list-devices", action="store_true", help="list the sound inputs and leave")
    parser.add_argument("--json", action="store_true", help="with --list-devices: for programs to read")
    parser.add_argument("--levels", action="store_true", help=argparse.SUPPRESS)  # for the window: how loud they are
    parser.add_argument("--self-test", action="store_true", help="follow the demo for ten seconds, say what works")
    parser.add_argument("--stats", action="store_true", help="show what following costs: latency, late frames, CPU")
    parser.add_argument("--score", type=Path, nargs="?", help="to open, as FILE does")
    parser.add_argument("--device", type=parse_device, metavar="N|NAME", help="sound input, as --list-devices says")
    parser.add_argument("--audio", type=Path, help="a recording that plays the pianist")
    parser.add_argument("--agent", metavar="NAME", help="who follows (the default one)")
    parser.add_argument("--password", help="of an encrypted PDF")
    add_model_arguments(parser)


def build_parser() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """Build the parser of all commands, each with its function as `run`, and return it with their names."""
    parser = argparse.ArgumentParser(
        prog="livefollow",
        usage=USAGE,
        description="Follows a pianist in the picture of the score. FILE: a PDF, an image, a folder of images or a "
        "setlist; several are played one after the other.",
    )
    add_window_arguments(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="livefollow")

    strip = commands.add_parser("strip", help="what the program sees of a score, as pictures")
    strip.add_argument("score", type=Path, help="PDF, image, or folder of images")
    strip.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the pictures")
    strip.add_argument("--password", help="of an encrypted PDF")
    strip.set_defaults(run=run_strip)

    frames = commands.add_parser("frames", help="what the program hears of a recording, as a picture")
    frames.add_argument("audio", type=Path, help="WAV, FLAC, OGG or MP3")
    frames.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the picture")
    frames.set_defaults(run=run_frames)

    track = commands.add_parser("track", help="follow a recording in a score, without a screen: a row per frame")
    tracking.add_arguments(track)
    track.set_defaults(run=tracking.run)

    evaluate = commands.add_parser("evaluate", help="measure followers on cases, beside cursors that cannot hear")
    command.add_arguments(evaluate)
    evaluate.set_defaults(run=command.run)

    film = commands.add_parser("render", help="a film of the following, with sound")
    render.add_arguments(film)
    film.set_defaults(run=render.run)

    picture = commands.add_parser("map", help="sound against score, and the way through it, as a picture")
    mapping.add_arguments(picture)
    picture.set_defaults(run=mapping.run)

    commands.add_parser("data", help="make what the networks learn from (extra `train`)")
    commands.add_parser("train", help="train a network (extra `train`)")
    commands.add_parser("export", help="write a trained network as ONNX (extra `train`)")
    commands.add_parser("paper", help="the tables of the paper, and its networks (extra `train`)")
    commands.add_parser("inspect", help="pictures of what the paper's agents do, and why (extra `train`)")
    return parser, commands.choices


def _open_what_is_closed() -> None:
    """Let a program without a console, or one that was started with closed streams, print to nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # for good


def _print_nowhere() -> None:
    """Print nothing more: what is left in the buffer would fail again when Python ends."""
    with contextlib.suppress(OSError, io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _replace_what_cannot_be_encoded() -> None:
    """Print characters that the terminal, pipe or file cannot encode as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a program without a console has none
            with contextlib.suppress(io.UnsupportedOperation):
                stream.reconfigure(errors="backslashreplace" if stream is sys.stderr else "replace")


def _refuse_before(parser: argparse.ArgumentParser, name: str, arguments: list[str]) -> None:
    """Refuse options before a command: they are the window's and would be ignored silently."""
    everywhere = () if name in LEARNING else ("-v", "--verbose")
    before = [word for word in arguments[: arguments.index(name)] if word not in everywhere]
    if before:
        parser.error(f"options of a command stand after it: livefollow {name} {shlex.join(before)} ...")


def parse_device(text: str) -> int | str:
    """Parse the number of a device, or part of its name."""
    return int(text) if text.isdecimal() else text


def run_window(args: argparse.Namespace) -> int:
    """Run `livefollow [FILE ...] [--device D | --audio A]`: the window."""
    from livefollow import app  # noqa: PLC0415

    return app.run(args)


def run_self_test(args: argparse.Namespace) -> int:
    """`livefollow --self-test`: whether what is installed works."""
    from livefollow.cli import self_test  # noqa: PLC0415

    return self_test.run(args.models, args.agent, args.provider)


def list_devices(*, as_json: bool) -> int:
    """Print the sound inputs, one a line, the default marked."""
    from livefollow.audio.devices import describe_inputs, inputs_as_json  # noqa: PLC0415

    print(inputs_as_json() if as_json else describe_inputs())
    return 0


def tell_levels() -> int:
    """Print how loud the sound inputs are, again and again, until standard input ends."""
    from livefollow.audio.levels import tell_levels_until_input_ends  # noqa: PLC0415

    tell_levels_until_input_ends()
    return 0


def run_strip(args: argparse.Namespace) -> int:
    """Run `livefollow strip`: pages, strip image and bands as PNG, and systems.json."""
    from livefollow.draw.strip import write_strip  # noqa: PLC0415

    check_folder(args.out)
    print(write_strip(args.score, args.out, password=args.password))
    return 0


def run_frames(args: argparse.Namespace) -> int:
    """Run `livefollow frames`: the log-filterbank frames of a recording as PNG."""
    from livefollow.draw.spectrogram import write_frames  # noqa: PLC0415

    print(write_frames(args.audio, args.out))
    return 0


def run_learning(arguments: list[str]) -> int:
    """Run one of LEARNING: the commands of the extra `train`."""
    from livefollow.cli.training import main as learning_main  # noqa: PLC0415

    return learning_main(arguments)


if __name__ == "__main__":
    sys.exit(main())
