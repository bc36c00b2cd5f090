"""The catalogue of scores: one SQLite file with where they lie, what they are called, and when they were practised.

What is known of a score hangs on its content, so that a moved or renamed file is found again, and copies are one score.
`files` says where it lies. The file is copied before its form changes; one that is damaged is kept aside.

A `Catalogue` belongs to the thread that opened it. Several may have the same file open.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from livefollow.errors import NOTHING, Message
from livefollow.score.cover import Glance
from livefollow.storage import alone_in, keep_aside
from livefollow.viewer.library.scanning import FoundFile
from livefollow.viewer.library.titles import named

WAIT_S = 5.0  # for another thread or window to finish writing
TAG_END = "\n"  # between tags
NO_BAR = -1
WAL_ENDS = ("-wal", "-shm")  # of the files that SQLite keeps beside its own
# Each form is made from the one before; `user_version` says which one a file has.
FORMS = (
    """
    CREATE TABLE folders (path PRIMARY KEY);
    CREATE TABLE files (
        path PRIMARY KEY, size INTEGER, changed INTEGER, watched INTEGER, missing INTEGER NOT NULL DEFAULT 0,
        hash TEXT, trouble TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX files_by_hash ON files (hash);
    CREATE TABLE scores (
        hash TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '',
        own_title TEXT NOT NULL DEFAULT '', own_composer TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0,
        favourite INTEGER NOT NULL DEFAULT 0, tags TEXT NOT NULL DEFAULT '', practised TEXT NOT NULL DEFAULT '',
        bar INTEGER NOT NULL DEFAULT -1
    );
    CREATE TABLE covers (hash TEXT PRIMARY KEY, jpeg BLOB);
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY, hash TEXT NOT NULL, begun TEXT NOT NULL, seconds REAL NOT NULL, track TEXT NOT NULL
    );
    CREATE INDEX sessions_by_hash ON sessions (hash, begun);
    """,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """A score of the library.

    Attributes:
        path: where it lies.
        content_hash: of its content; empty until it has been looked at.
        title, composer: as the player says, else as its file says, else as it is called.
        tags: the player's.
        favourite: whether the player says so.
        practised: when it was played last; None if never.
        bar: number of the bar where that ended; None if unknown.
        pages: how many; 0 until it has been looked at.
        locked: whether it needs a password.
        unreadable: whether it is no score that can be opened.
        missing: whether it is no longer there.
    """

    path: Path
    content_hash: str = ""
    title: str = ""
    composer: str = ""
    tags: tuple[str, ...] = ()
    favourite: bool = False
    practised: datetime | None = None
    bar: int | None = None
    pages: int = 0
    locked: bool = False
    unreadable: bool = False
    missing: bool = False


@dataclass(frozen=True)
class KeptSession:
    """A practice session that the player has kept.

    Attributes:
        content_hash: of the score.
        begun: when.
        seconds: for which was played.
        track: name of the file with its positions; empty if there is none.
    """

    content_hash: str
    begun: datetime
    seconds: float
    track: str


LOCKED, UNREADABLE = "locked", "unreadable"  # troubles of files


class Catalogue:
    """An open catalogue.

    Attributes:
        complaint: a sentence for the player if the file could not be used; else empty.
        kept: whether it is in the file, and not in memory only.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or make it; a bad one raises nothing: the catalogue begins anew, or is kept in memory.

        Args:
            path: of the file.
        """
        self.path, self.complaint, self.kept = path, NOTHING, True
        try:
            self._db = self._opened()
        except (sqlite3.Error, OSError) as error:
            self._db = self._anew(error)

    def _opened(self) -> sqlite3.Connection:
        """Open the file in the newest form.

        Raises:
            sqlite3.Error: it is damaged, or of a form of tomorrow.
            OSError: its folder cannot be made, or it cannot be copied.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=WAIT_S)
        try:
            # Readers and the writer do not wait for each other; when the last closes, one file is left.
            with alone_in(self.path.parent):  # SQLite does not wait for another who does the same
                db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA temp_store = MEMORY")  # nothing is written elsewhere
            form = db.execute("PRAGMA user_version").fetchone()[0]
            if form > len(FORMS):
                raise sqlite3.NotSupportedError(f"it is of form {form}")
            if form < len(FORMS):
                if form:
                    self._back_up(db, form)
                _bring_up(db)
            _check(db)
        except BaseException:
            db.close()
            raise
        return db

    def _back_up(self, db: sqlite3.Connection, form: int) -> None:
        """Copy the file beside itself."""
        copy = self.path.with_name(f"{self.path.stem}.form-{form}-{datetime.now():%Y-%m-%d}{self.path.suffix}")
        with contextlib.closing(sqlite3.connect(copy)) as target:
            db.backup(target)

    def _anew(self, error: Exception) -> sqlite3.Connection:
        """Begin anew: a damaged file is kept aside; one that cannot be written, or of a form of tomorrow, is left."""
        logger.warning("%s: %s", self.path, error)
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, sqlite3.OperationalError | sqlite3.NotSupportedError
        ):
            with contextlib.suppress(OSError, sqlite3.Error):
                kept = keep_aside(self.path)
                for end in WAL_ENDS:  # nothing of it may get into the new one
                    with contextlib.suppress(FileNotFoundError):
                        self.path.with_name(self.path.name + end).rename(kept.with_name(kept.name + end))
                self.complaint = Message(
                    "The library {name} could not be read ({reason}); it is kept as {kept}, and a new one is begun.",
                    name=self.path,
                    reason=error,
                    kept=kept.name,
                )
                return self._opened()
        self.complaint = Message(
            "The library {name} cannot be used ({reason}); what changes in it is lost when livefollow is closed.",
            name=self.path,
            reason=error,
        )
        self.kept = False
        db = sqlite3.connect(":memory:")
        for change in FORMS:
            db.executescript(change)
        return db

    def __enter__(self) -> Catalogue:
        """Enter a `with` block, which closes the catalogue at its end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the catalogue."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- folders and files ---

    def folders(self) -> list[Path]:
        """Return the folders that are watched."""
        return [_path(row[0]) for row in self._rows(FOLDERS)]

    def watch(self, folder: Path) -> None:
        """Watch a folder from now on."""
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO folders VALUES (?)", (_stored(folder),))

    def unwatch(self, folder: Path) -> None:
        """Watch a folder no longer; scores that have never been practised leave the library with it."""
        with self._db:
            self._db.execute("DELETE FROM folders WHERE path = ?", (_stored(folder),))
            others = [_path(row[0]) for row in self._db.execute(FOLDERS)]
            rows = self._db.execute("SELECT path FROM files WHERE watched").fetchall()
            gone = [
                (_stored(path),)
                for path in (_path(row[0]) for row in rows)
                if path.is_relative_to(folder) and not any(path.is_relative_to(other) for other in others)
            ]
            practised = "hash IN (SELECT hash FROM scores WHERE practised != '')"
            self._db.executemany(f"UPDATE files SET watched = 0 WHERE path = ? AND {practised}", gone)
            self._db.executemany("DELETE FROM files WHERE path = ? AND watched", gone)

    def take(self, found: Iterable[FoundFile], searched: Sequence[Path]) -> bool:
        """Take what a search has found; whether anything is new.

        Args:
            found: all files of the folders.
            searched: folders of which all files were found: of known ones, the others are missing.
        """
        known = {row[0]: row[1:] for row in self._db.execute("SELECT path, size, changed, missing, watched FROM files")}
        fresh: list[tuple[str | bytes, int, int]] = []
        seen: set[str | bytes] = set()
        for file in found:
            key = _stored(file.path)
            seen.add(key)
            if known.get(key) != (file.size, file.changed, 0, 1):
                fresh.append((key, file.size, file.changed))
        gone = [
            (key,)
            for key, (_, _, missing, _) in known.items()
            if key not in seen and not missing and any(_path(key).is_relative_to(folder) for folder in searched)
        ]
        # Files outside the folders, which were opened once.
        gone += [(key,) for key, (*_, missing, watched) in known.items() if not (watched or missing or _there(key))]
        with self._db:
            self._db.executemany(
                """INSERT INTO files (path, size, changed, watched) VALUES (?, ?, ?, 1)
                ON CONFLICT (path) DO UPDATE SET missing = 0, watched = 1,
                    hash = CASE WHEN size IS excluded.size AND changed IS excluded.changed THEN hash END,
                    trouble = CASE WHEN size IS excluded.size AND changed IS excluded.changed THEN trouble ELSE '' END,
                    size = excluded.size, changed = excluded.changed""",
                fresh,
            )
            self._db.executemany("UPDATE files SET missing = 1 WHERE path = ?", gone)
        return bool(fresh or gone)

    def unseen(self, passed: Collection[Path] = ()) -> Path | None:
        """Return a file that has not been looked at, and is none of those passed over; None if there is none."""
        rows = self._db.execute(
            """SELECT path FROM files LEFT JOIN covers USING (hash)
            WHERE NOT missing AND trouble = '' AND covers.hash IS NULL ORDER BY path LIMIT ?""",
            (len(passed) + 1,),
        ).fetchall()
        return next((path for path in (_path(row[0]) for row in rows) if path not in passed), None)

    def see(self, path: Path, glance: Glance) -> None:
        """Take what was seen of a file."""
        known = glance.content_hash
        with self._db:
            self._db.execute("UPDATE files SET hash = ?, trouble = '' WHERE path = ?", (known, _stored(path)))
            self._db.execute(
                """INSERT INTO scores (hash, title, author, pages) VALUES (?, ?, ?, ?)
                ON CONFLICT (hash) DO UPDATE SET title = excluded.title, author = excluded.author,
                    pages = excluded.pages""",
                (known, glance.title, glance.author, glance.pages),
            )
            self._db.execute("INSERT OR REPLACE INTO covers VALUES (?, ?)", (known, glance.cover))

    def give_up(self, path: Path, trouble: str) -> None:
        """Note that a file cannot be looked at: it is not tried again until it changes."""
        with self._db:
            self._db.execute("UPDATE files SET trouble = ? WHERE path = ?", (trouble, _stored(path)))

    # --- scores ---

    def entries(self) -> list[Entry]:
        """Return all scores that are there, by composer and title; of copies, the first."""
        rows = self._rows(f"{ENTRY} WHERE NOT files.missing ORDER BY path")
        out: dict[str, Entry] = {}
        for entry in map(_entry, rows):
            out.setdefault(entry.content_hash or str(entry.path), entry)
        return sorted(out.values(), key=lambda entry: (entry.composer.casefold(), entry.title.casefold()))

    def entry(self, path: Path) -> Entry:
        """Return what is known of a score at a path; of one that has moved, with its new path."""
        rows = [_entry(row) for row in self._rows(f"{ENTRY} WHERE path = ?", _stored(path))]
        if not rows:
            title, composer = named(path)
            return Entry(path, title=title, composer=composer, missing=not path.exists())
        entry = rows[0]
        if path.exists():
            return replace(entry, missing=False)
        others = self._rows(
            f"{ENTRY} WHERE hash = ? AND path != ? AND NOT files.missing", entry.content_hash, _stored(path)
        )
        moved = [other for other in map(_entry, others) if other.path.exists()]
        return moved[0] if moved else replace(entry, missing=True)

    def cover(self, content_hash: str) -> bytes:
        """Return the cover of a score as JPEG; empty if there is none."""
        rows = self._rows("SELECT jpeg FROM covers WHERE hash = ?", content_hash)
        return rows[0][0] if rows else b""

    def describe(
        self,
        content_hash: str,
        *,
        title: str | None = None,
        composer: str | None = None,
        tags: Sequence[str] | None = None,
        favourite: bool | None = None,
    ) -> None:
        """Write down what the player says of a score; None changes nothing."""
        told = {
            "own_title": title,
            "own_composer": composer,
            "tags": None if tags is None else TAG_END.join(tags),
            "favourite": favourite,
        }
        with self._db:
            self._db.execute("INSERT OR IGNORE INTO scores (hash) VALUES (?)", (content_hash,))
            for column, value in told.items():
                if value is not None:
                    self._db.execute(f"UPDATE scores SET {column} = ? WHERE hash = ?", (value, content_hash))

    def opened(self, path: Path, content_hash: str) -> None:
        """Note where a score lies that was opened."""
        with self._db:
            self._db.execute(
                """INSERT INTO files (path, hash, watched) VALUES (?, ?, 0)
                ON CONFLICT (path) DO UPDATE SET hash = excluded.hash, missing = 0""",
                (_stored(path), content_hash),
            )
            self._db.execute("INSERT OR IGNORE INTO scores (hash) VALUES (?)", (content_hash,))

    def practised(self, content_hash: str, when: datetime, bar: int | None) -> None:
        """Note that a score was played, and the bar where that ended; None if unknown."""
        with self._db:
            self._db.execute(
                "UPDATE scores SET practised = ?, bar = ? WHERE hash = ?",
                (when.isoformat(timespec="seconds"), NO_BAR if bar is None else bar, content_hash),
            )

    # --- sessions ---

    def keep(self, session: KeptSession) -> None:
        """Keep a practice session; one of the same score that began at the same time is replaced."""
        begun = session.begun.isoformat(timespec="seconds")
        with self._db:
            self._db.execute("DELETE FROM sessions WHERE hash = ? AND begun = ?", (session.content_hash, begun))
            self._db.execute(
                "INSERT INTO sessions (hash, begun, seconds, track) VALUES (?, ?, ?, ?)",
                (session.content_hash, begun, session.seconds, session.track),
            )

    def sessions(self, content_hash: str | None = None) -> list[KeptSession]:
        """Return the kept sessions of a score, or of all, the newest first."""
        where, values = ("WHERE hash = ?", (content_hash,)) if content_hash else ("", ())
        rows = self._rows(f"SELECT hash, begun, seconds, track FROM sessions {where} ORDER BY begun DESC", *values)
        return [KeptSession(row[0], begun, row[2], row[3]) for row in rows if (begun := _moment(row[1]))]

    def forget_sessions(self) -> list[str]:
        """Forget all kept sessions; return the names of their files."""
        tracks = [row[0] for row in self._db.execute("SELECT track FROM sessions WHERE track != ''")]
        with self._db:
            self._db.execute("DELETE FROM sessions")
        return tracks

    def title(self, content_hash: str) -> str:
        """Return the title of a score; empty if it is unknown."""
        rows = self._rows(f"{ENTRY} WHERE hash = ? ORDER BY files.missing LIMIT 1", content_hash)
        return next((_entry(row).title for row in rows), "")

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query that is only shown; none where the file cannot be read any more."""
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            logger.warning("%s: %s", self.path, error)
            return []


ENTRY = """SELECT path, hash, trouble, files.missing, title, author, own_title, own_composer, pages, favourite, tags,
    practised, bar FROM files LEFT JOIN scores USING (hash)"""
FOLDERS = "SELECT path FROM folders ORDER BY path"
COLUMNS = (  # that each table has at least
    ENTRY,
    FOLDERS,
    "SELECT size, changed, watched FROM files",
    "SELECT hash, jpeg FROM covers",
    "SELECT hash, begun, seconds, track FROM sessions",
)


def _bring_up(db: sqlite3.Connection) -> None:
    """Bring a file to the newest form, unless another window has just done so."""
    db.execute("BEGIN IMMEDIATE")
    with db:
        form = db.execute("PRAGMA user_version").fetchone()[0]
        for number, change in enumerate(FORMS[form:], form + 1):
            for statement in change.split(";"):  # executescript would end the transaction
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")


def _check(db: sqlite3.Connection) -> None:
    """Look through the file.

    Raises:
        sqlite3.Error: it is damaged, or cannot be read.
    """
    (said,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError(said.splitlines()[-1])  # which page it is
    try:
        for query in COLUMNS:
            db.execute(f"{query} LIMIT 1").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise sqlite3.DatabaseError(str(error)) from error  # a table or column is not there


def _entry(row: tuple[object, ...]) -> Entry:
    place, known, trouble, missing, title, author, own_title, own_composer, pages, favourite, tags, when, bar = row
    path = _path(place)
    said = named(path, str(title or ""), str(author or ""))
    return Entry(
        path,
        str(known or ""),
        str(own_title or "") or said.title,
        str(own_composer or "") or said.composer,
        tuple(filter(None, str(tags or "").split(TAG_END))),
        bool(favourite),
        _moment(when),
        bar if isinstance(bar, int) and bar != NO_BAR else None,
        pages if isinstance(pages, int) else 0,
        trouble == LOCKED,
        trouble == UNREADABLE,
        bool(missing),
    )


def _moment(stored: object) -> datetime | None:
    """Return a date and time; None where there is none."""
    try:
        return datetime.fromisoformat(str(stored)).replace(tzinfo=None)  # all are of this place
    except ValueError:
        return None


def _stored(path: Path) -> str | bytes:
    """Return a path as it is stored: text, or bytes where its name is no Unicode."""
    text = str(path.absolute())
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(text)
    return text


def _path(stored: object) -> Path:
    return Path(os.fsdecode(stored) if isinstance(stored, bytes) else str(stored))


def _there(stored: object) -> bool:
    """Whether a file is there, or its folder is not, as that of a stick that is not plugged in."""
    path = _path(stored)
    return path.exists() or not path.parent.exists()
