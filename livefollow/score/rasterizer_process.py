"""The parent's side of the rasterizer: start the child process, ask, wait with a limit, kill, start another.

A child serves one document and is used by one thread at a time (`Document` holds the lock); `close` and `kill` may be
called by any. A small thread reads the child's answers, so that waiting for one can be cut short on every system.

In a frozen application there is no Python to run a script with: the application is started again with
`RASTERIZER_FLAG` as its first argument, and its entry point must hand the arguments after it to
`livefollow.score.rasterizer.main` before it imports or does anything else.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import queue
import subprocess
import sys
import threading
import time
import weakref
from typing import IO, Any

from livefollow.constants import CHILD_MEMORY_BYTES, MAX_RASTER_PX, PAGE_TIMEOUT_S
from livefollow.score import rasterizer
from livefollow.score.rasterizer import ANSWER, MAGIC, Answer, RequestStatus

RASTERIZER_FLAG = "--rasterizer"
MAX_DEATHS = 6  # of children in a row: three pages that cannot be read, and the rest are not tried
START_TIMEOUT_S = 30.0  # a cold disk or a virus scanner may hold up the first start
SYSTEM_LIMITS_MEMORY = sys.platform == "linux"  # by RLIMIT_AS, which the child sets
WATCH_S = 0.1  # between two looks at the memory of a child that the system does not limit
IDLE = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)  # Windows; elsewhere a niceness is set
LOWEST_PRIORITY = 19  # niceness
# One thread for every library that might start a pool of them.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")

logger = logging.getLogger(__name__)


class ChildError(Exception):
    """The child crashed, took too long or too much memory, or gave an invalid answer; it has been killed."""


class ChildStartError(ChildError):
    """The child does not start, whatever the document."""


class ChildMemoryError(ChildError):
    """What was asked for takes more than CHILD_MEMORY_BYTES."""


class ClosedError(Exception):
    """The child was closed on purpose."""


def command() -> list[str]:
    """The command line that starts the rasterizer, in a frozen application too."""
    program = [RASTERIZER_FLAG] if getattr(sys, "frozen", False) else ["-P", str(rasterizer.__file__)]
    return [sys.executable, *program, str(CHILD_MEMORY_BYTES), str(PAGE_TIMEOUT_S + 5.0)]


class Child:
    """A running rasterizer process."""

    def __init__(self, *, background: bool = False) -> None:
        """Start the process; the first request waits until it is ready, which `kill` cuts short.

        Args:
            background: whether it takes only time of the processor that nobody else wants.

        Raises:
            ChildStartError: the system starts no process.
        """
        self._ready = False
        self._answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()  # None: no more will come
        try:
            self._process = subprocess.Popen(
                command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | ONE_THREAD,
                bufsize=0,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | (IDLE if background else 0),
            )
        except OSError as error:
            raise ChildStartError(str(error)) from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin = self._process.stdin
        self._reader = threading.Thread(
            target=read_answers, args=(self._process.stdout, self._answers), name="page pixels", daemon=True
        )
        self._reader.start()
        if background and sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, LOWEST_PRIORITY)

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def ask(self, do: str, **details: Any) -> Answer:
        """Send a request and wait for its answer, at most PAGE_TIMEOUT_S.

        Raises:
            ChildError: no sound answer came; the child has been killed.
            ChildStartError: it did not even start.
        """
        try:
            self._wait_until_ready()
            with contextlib.suppress(OSError, ValueError):  # a child that died is noticed by its answer
                self._stdin.write(json.dumps({"do": do} | details).encode() + b"\n")
            answer = self._wait(do, PAGE_TIMEOUT_S)
            if answer.status is RequestStatus.OUT_OF_MEMORY:
                raise ChildMemoryError(f"more than {CHILD_MEMORY_BYTES >> 20} MiB of memory needed to {do}")
        except BaseException:
            self.kill()
            raise
        return answer

    def kill(self) -> None:
        """Kill the child and wait for its end; harmless when it has ended already."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._reader.join()
        with contextlib.suppress(OSError):
            self._stdin.close()

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        try:
            self._wait("start", START_TIMEOUT_S)
        except ChildError as error:
            raise ChildStartError(str(error)) from error
        self._ready = True

    def _wait(self, what: str, timeout: float) -> Answer:
        deadline = time.monotonic() + timeout
        while True:
            left = deadline - time.monotonic()
            try:
                answer = self._answers.get(timeout=max(0.0, left if SYSTEM_LIMITS_MEMORY else min(left, WATCH_S)))
            except queue.Empty:
                if left <= 0:
                    raise ChildError(f"no answer to {what} within {timeout:g} s") from None
                if not SYSTEM_LIMITS_MEMORY and resident_bytes(self.pid) > CHILD_MEMORY_BYTES:
                    needed = f"more than {CHILD_MEMORY_BYTES >> 20} MiB of memory needed to {what}"
                    raise ChildMemoryError(needed) from None
                continue
            if answer is None:
                raise ChildError(f"the page reader died at {what}")
            return answer


class RestartingChild:
    """A child with a document open, replaced by a new one whenever it dies.

    Args:
        open_request: details of the request that opens the document.
    """

    def __init__(self, open_request: dict[str, Any]) -> None:
        """Prepare; the first request starts a child."""
        self._open_request = open_request
        self._children: list[Child] = []  # none or one
        self._closed = False
        self._deaths = 0  # without a page between them
        self._opened = Answer(RequestStatus.READY)
        self._finalizer = weakref.finalize(self, kill, self._children)

    def ask(self, do: str, **details: Any) -> Answer:
        """Ask the child; when it dies of the request, ask a new one.

        Args:
            do: `open`, which happens by itself when a child starts, `size`, `longest` or `raster`.
            details: of the request, as `rasterizer.DocumentReader` names them.

        Raises:
            ChildError: the new one died as well.
            ClosedError: `close` was called.
        """
        for attempt in (1, 2):
            try:
                if self._deaths >= MAX_DEATHS:
                    raise ChildError("too many page readers died of this score")
                answer = self._ask_once(do, details)
            except ChildError as error:
                kill(self._children)
                self._children.clear()
                if self._closed:
                    raise ClosedError from error
                self._deaths += 1
                logger.info("%s %s: %s", do, details, error)
                if attempt == 2:
                    raise
            else:
                break
        if answer.pixels:
            self._deaths = 0
        return answer

    def close(self) -> None:
        """End the child at once, even while another thread waits for its answer."""
        self._closed = True
        self._finalizer()

    def _ask_once(self, do: str, details: dict[str, Any]) -> Answer:
        if self._closed:
            raise ClosedError
        if not self._children:
            self._children.append(Child())
            if self._closed:  # meanwhile, by a thread that did not see this child
                self._children[0].kill()
            self._opened = self._children[0].ask("open", **self._open_request)
        return self._opened if do == "open" else self._children[0].ask(do, **details)


def kill(children: list[Child]) -> None:
    """Kill each of the children."""
    for child in children:
        child.kill()


def read_answers(stream: IO[bytes], answers: queue.SimpleQueue[Answer | None]) -> None:
    """Put each answer into the queue until the stream ends or makes no sense; then None. The body of a thread."""
    with stream:
        try:
            while True:
                answers.put(read_answer(stream))
        except (EOFError, OSError, ValueError, MemoryError) as error:
            logger.debug("page reader: %r", error)
        finally:
            answers.put(None)


def read_answer(stream: IO[bytes]) -> Answer:
    """Read the next answer.

    Raises:
        EOFError: the stream ended.
        ValueError: what came cannot be an answer.
    """
    magic, status, pages, flags, width, height, columns, rows, channels, length = ANSWER.unpack(
        read_exactly(stream, ANSWER.size)
    )
    if magic != MAGIC or not (math.isfinite(width) and math.isfinite(height)):
        raise ValueError("not an answer")
    if min(columns, rows) < 0 or columns * rows > MAX_RASTER_PX or channels not in (0, 1, 3):
        raise ValueError(f"raster of {columns} × {rows} × {channels}")
    if length != columns * rows * channels:
        raise ValueError(f"{length} bytes for a raster of {columns} × {rows} × {channels}")
    pixels = read_exactly(stream, length)
    return Answer(RequestStatus(status), pages, flags, width, height, columns, rows, channels, pixels)


def read_exactly(stream: IO[bytes], length: int) -> bytearray:
    """Read `length` bytes of an unbuffered stream; EOFError when it ends sooner."""
    data = bytearray(length)
    view = memoryview(data)
    done = 0
    while done < length:
        count = stream.readinto(view[done:])  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        done += count
    return data


# Memory that a process holds, in bytes, for systems whose address-space limit does nothing; 0 when unknown.
if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class MemoryCounters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of the Windows API."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("page_fault_count", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in ("peak_working_set", "working_set")),
            *((f"quota_{i}", ctypes.c_size_t) for i in range(4)),
            *((name, ctypes.c_size_t) for name in ("pagefile", "peak_pagefile")),
        )

    def resident_bytes(pid: int) -> int:
        """Committed bytes of a process."""
        kernel32 = ctypes.WinDLL("kernel32")
        kernel32.OpenProcess.restype = wintypes.HANDLE
        counters = MemoryCounters(cb=ctypes.sizeof(MemoryCounters))
        query_limited_information = 0x1000
        handle = wintypes.HANDLE(kernel32.OpenProcess(query_limited_information, False, pid))
        kernel32.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
        kernel32.CloseHandle(handle)
        return int(counters.pagefile)

else:

    def resident_bytes(pid: int) -> int:
        """Resident bytes of a process."""
        with contextlib.suppress(OSError, ValueError):
            listing = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=False, timeout=5)
            return int(listing.stdout) * 1024
        return 0
