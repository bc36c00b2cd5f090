"""Messages to the player: sentences with their values, and the errors that carry them.

A `Message` is its English sentence, which the command line prints, and keeps the template and values it was made from:
the window translates the template and puts the values in.
"""

from __future__ import annotations

from typing import Self


class Message(str):
    """One sentence for the person at the piano: what is wrong, and what to do.

    Templates are literals where a message is made, so that `packaging/list_messages.py` finds them for the translator.

    Attributes:
        template: English, with a `{name}` for each value.
        values: texts by their names; one that is a message is translated too.
        in_window: the template used in the window instead; empty for the same.
    """

    template: str
    values: dict[str, str]
    in_window: str

    def __new__(cls, template: str = "", /, *, in_window: str = "", **values: object) -> Self:
        """Put the values in; a template without values stays as it is, whatever braces are in it."""
        texts = {name: _text_of(value) for name, value in values.items()}
        message = super().__new__(cls, template.format(**texts) if texts else template)
        message.template, message.values, message.in_window = template, texts, in_window
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        """Support copying and pickling."""
        return (self.template,), {**self.values, "in_window": self.in_window}


NOTHING = Message()  # for when all is well


class LivefollowError(Exception):
    """Base of all errors that are shown to the user as a sentence, each with the exit code of the command line.

    Attributes:
        message: the sentence.
    """

    exit_code = 1

    def __init__(self, template: str, /, *, in_window: str = "", **values: object) -> None:
        """Make an error with its sentence.

        Args:
            template: see `Message`; or a message.
            in_window: see `Message`.
            values: see `Message`.
        """
        made = template if isinstance(template, Message) else Message(template, in_window=in_window, **values)
        self.message = made
        super().__init__(made)


def _text_of(value: object) -> str:
    """Return a value as text; of an error only its message, because errors keep many objects alive."""
    if isinstance(value, Message):
        return value
    return value.message if isinstance(value, LivefollowError) else str(value)


class DeviceError(LivefollowError):
    """A device does not exist or cannot be used: a sound input, or the GPU."""

    exit_code = 3


class ScoreError(LivefollowError):
    """The score cannot be read; the message says what and where."""

    exit_code = 4


class PasswordError(ScoreError):
    """The score is encrypted and the password is missing or wrong."""


class ModelError(LivefollowError):
    """A network is missing, damaged, or made for other constants."""

    exit_code = 5


class AudioError(LivefollowError):
    """A recording cannot be read."""

    exit_code = 6
