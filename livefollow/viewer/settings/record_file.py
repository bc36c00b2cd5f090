"""A frozen dataclass in a readable JSON file: read once, changed in memory at once, written in the background.

`values`, `change` and `close` belong to the thread that made the object, the window's; another thread writes, so that
no slot waits for a disk. The `check` in each field's metadata validates its values. An invalid value is ignored with a
warning, unknown keys stay in the file, and a file that is not JSON is kept aside.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from livefollow.errors import NOTHING, Message
from livefollow.storage import alone_in, keep_aside, write_whole

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Record = TypeVar("Record", bound=DataclassInstance)
else:
    Record = TypeVar("Record")

MOST_BYTES = 4 << 20  # a larger file cannot be ours

logger = logging.getLogger(__name__)

Check = Callable[[Any], Any]


class RecordFile(Generic[Record]):
    """A file and its values.

    Attributes:
        path: of the file, which is first written when a value changes.
        values: those of the file, with defaults for what is missing.
        complaint: a sentence for the user about what could not be read; empty if all is well.
        tell: called with a sentence for the user, on the writing thread, whenever the file cannot be written.
    """

    def __init__(self, path: Path, kind: type[Record]) -> None:
        """Read the file, if there is one; a bad file raises nothing.

        Args:
            path: of the file.
            kind: a frozen dataclass whose fields have defaults and `checked` metadata.
        """
        self.path, self._kind = path, kind
        self._checks: dict[str, Check] = {field.name: field.metadata["check"] for field in dataclasses.fields(kind)}
        self.complaint = NOTHING
        self.tell: Callable[[Message], object] | None = None
        self._said: dict[str, Any] = {}  # content of the file when it was last read or written
        self._unsaved: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="settings")
        self._said = self._read()
        self.values: Record = self._valid(self._said)

    def change(self, **changes: Any) -> Record:
        """Change some values, which are written soon.

        Returns:
            The new values.

        Raises:
            TypeError: there is no such value.
            ValueError: it is invalid.
        """
        for name, value in changes.items():
            if name not in self._checks:
                raise TypeError(f"{self._kind.__name__} has no {name}")
            changes[name] = self._checks[name](value)
        changed = {name: value for name, value in changes.items() if getattr(self.values, name) != value}
        if changed:
            self.values = dataclasses.replace(self.values, **changed)
            with self._lock:
                self._unsaved.update(changed)
            self._disk.submit(self._save)
        return self.values

    def close(self) -> None:
        """Wait until everything is written; no changes are allowed after that."""
        self._disk.shutdown(wait=True)

    def _save(self) -> None:
        """Merge all waiting changes into the file as it is now: another window may have written it meanwhile."""
        with self._lock:
            changes, self._unsaved = self._unsaved, {}
        if not changes:
            return
        try:
            with alone_in(self.path.parent):
                self._said = {**self._read(), **changes}
                write_whole(self.path, as_text(self._said))
        except OSError as error:
            sentence = Message(
                "{name} cannot be written ({reason}); what was changed is lost when livefollow is closed.",
                name=self.path,
                reason=error.strerror,
            )
            logger.warning("%s", sentence)
            if self.tell:
                self.tell(sentence)

    def _read(self) -> dict[str, Any]:
        """Read the file, unchecked. An unreadable one is kept aside, and its last known content is returned."""
        try:
            if not self.path.exists():
                return {}
            if self.path.stat().st_size > MOST_BYTES:
                raise ValueError("it is too large")
            said = json.loads(self.path.read_text(encoding="utf-8"))
            if not isinstance(said, dict):
                raise ValueError("it is no list of names and values")
            return said
        except (OSError, ValueError, RecursionError) as error:
            self._keep_aside(error)
            return self._said

    def _keep_aside(self, reason: Exception) -> None:
        try:
            kept = keep_aside(self.path)
        except OSError as error:
            self.complaint = Message(
                "{name} could not be read ({reason}), nor kept aside ({error}).",
                name=self.path,
                reason=reason,
                error=error,
            )
        else:
            self.complaint = Message(
                "{name} could not be read ({reason}); it is kept as {kept}.",
                name=self.path,
                reason=reason,
                kept=kept.name,
            )
        logger.warning("%s", self.complaint)

    def _valid(self, said: dict[str, Any]) -> Record:
        values = {}
        for name, check in self._checks.items():
            if name in said:
                try:
                    values[name] = check(said[name])
                except (ValueError, TypeError, KeyError, OverflowError) as error:
                    logger.warning("%s: %s is left as it was made (%s)", self.path, name, error)
        return self._kind(**values)


def as_text(said: dict[str, Any]) -> str:
    """Return JSON that people can read: one line per value, letters unescaped."""
    text = json.dumps(said, indent=2, ensure_ascii=False)
    # File names that are not valid Unicode cannot be written as UTF-8.
    return (text if text == text.encode(errors="replace").decode() else json.dumps(said, indent=2)) + "\n"


def checked(default: Any, check: Check) -> Any:
    """Declare a field with a default, whose values `check` validates and converts."""
    return dataclasses.field(default=default, metadata={"check": check})


def one_of(*choices: str) -> Check:
    """Make a check that accepts only these words."""

    def check(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"{value!r} is none of {', '.join(choices)}")
        return str(value)

    return check


def number(lowest: float, highest: float) -> Check:
    """Make a check that accepts numbers in a range."""

    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{value!r} is no number")
        if not lowest <= value <= highest:
            raise ValueError(f"{value} is not between {lowest:g} and {highest:g}")
        return value

    return check


def whole(lowest: int, highest: int) -> Check:
    """Make a check that accepts whole numbers in a range."""
    in_range = number(lowest, highest)

    def check(value: Any) -> int:
        if in_range(value) != int(value):
            raise ValueError(f"{value!r} is no whole number")
        return int(value)

    return check


def flag(value: Any) -> bool:
    """Check a boolean value."""
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def text(value: Any) -> str:
    """Check a text value."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def many(check: Check, most: int) -> Check:
    """Make a check that accepts lists of at most `most` values, as tuples."""

    def check_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise ValueError(f"{value!r} is no list")
        return tuple(check(part) for part in value[:most])

    return check_all
