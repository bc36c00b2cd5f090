"""The newest lines of the log without anything that is the player's: no names of scores, devices or people, no paths.

Of what is logged only the program's own words and numbers are taken: a template without its values, the kind of an
error and where it was raised. What is not known to be harmless is left out.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from livefollow.errors import LivefollowError, Message

LINES = 300  # that are kept
LEFT_OUT = "…"
# Loggers whose texts are versions, figures and reasons of libraries.
PLAIN = (
    "livefollow.networks.runtime",
    "livefollow.viewer.desktop.log",
    "livefollow.viewer.desktop.wake_lock",
    "livefollow.viewer.sound.sound_menu",
)
QT = "qt"
# What Python says of mistakes in the program names what is in the program.
MISTAKES = (ArithmeticError, AssertionError, AttributeError, IndexError, NameError, TypeError)
# From the word of the first slash, backslash or drive letter to the end of the line: names of files have spaces.
PATH = re.compile(r"(?:\S*[/\\]|\b[A-Za-z]:\S).*")


class PrivateLog(logging.Handler):
    """Keeps the newest lines in memory."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[str] = deque(maxlen=LINES)

    @property
    def lines(self) -> list[str]:
        """From old to new."""
        return list(self._lines)

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record of the log."""
        try:
            self._lines.append(private_line(record))
        except Exception:  # as every handler: what is logged must not fail
            self.handleError(record)

    @contextmanager
    def listening(self) -> Iterator[PrivateLog]:
        """Take what is logged anywhere during the block."""
        root = logging.getLogger()
        root.addHandler(self)
        try:
            yield self
        finally:
            root.removeHandler(self)


def private_line(record: logging.LogRecord) -> str:
    """A record without what is the player's."""
    ours, plain = record.name.startswith("livefollow"), record.name in PLAIN or record.name.startswith(QT)
    if isinstance(record.msg, Message):
        said = record.msg.template
    elif ours or plain:
        args = record.args if isinstance(record.args, tuple) else (record.args,)
        values = tuple(_harmless(value, plain) for value in args) if record.args else ()
        said = str(record.msg) % values if values else str(record.msg)
    else:
        said = LEFT_OUT
    when = logging.Formatter().formatTime(record)
    line = f"{when} {record.levelname} {record.threadName} {record.name}: {without_paths(said)}"
    if record.exc_info and record.exc_info[0]:
        line += "\n" + private_error(record.exc_info[1], record.exc_info[2])
    return line


def private_error(error: BaseException | None, trace: TracebackType | None) -> str:
    """What went wrong where: names of files of the program, lines and functions, and the kind of the error."""
    frames = [f"  {Path(f.filename).name}, line {f.lineno}, {f.name}" for f in traceback.extract_tb(trace)]
    return "\n".join([*frames, f"  {_told(error)}"])


def without_paths(text: str) -> str:
    """A text whose lines end before their first path."""
    return PATH.sub(LEFT_OUT, text)


def _told(error: BaseException | None) -> str:
    kind = type(error).__name__
    if isinstance(error, LivefollowError):
        return f"{kind}: {error.message.template}"
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror}"
    return f"{kind}: {without_paths(str(error))}" if isinstance(error, MISTAKES) else kind


def _harmless(value: object, plain: bool) -> object:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Message):
        return value.template
    if isinstance(value, BaseException):
        return _told(value)
    return str(value) if plain else LEFT_OUT
