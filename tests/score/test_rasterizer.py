"""The child process: its protocol and limits, and what the parent makes of a child that misbehaves."""

import gc
import io
import json
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from livefollow.constants import CHILD_MEMORY_BYTES
from livefollow.errors import ScoreError
from livefollow.score import rasterizer, rasterizer_process
from livefollow.score.document import Document
from livefollow.score.rasterizer import ANSWER, MAGIC, Answer, RequestStatus
from livefollow.score.rasterizer_process import Child, ChildError, read_answer
from tests.broken import make_endless_pdf, make_pdf

ROOT = Path(rasterizer.__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

# The real rasterizer, with one method made to misbehave on one page (or document).
MISBEHAVING = """
import ctypes, importlib.util, os, sys, time
spec = importlib.util.spec_from_file_location("rasterizer", {path!r})
rasterizer = sys.modules["rasterizer"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(rasterizer)
good = rasterizer.DocumentReader.{method}
def bad(self, number, *rest):
    if number in {pages!r} or {method!r} == "open":
        {deed}
    return good(self, number, *rest)
rasterizer.DocumentReader.{method} = bad
rasterizer.main({arguments})
"""
# A child that knows how to start, and then answers each request with the same bytes.
BABBLING = """
import sys
sys.stdout.buffer.write({ready!r})
sys.stdout.flush()
for line in sys.stdin.buffer:
    sys.stdout.buffer.write({words!r})
    sys.stdout.flush()
"""
HANG = "time.sleep(60)"
CRASH = "ctypes.string_at(0)"
LEAVE = "os._exit(0)"

Script = Callable[[str], None]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "plain.pdf"
    path.write_bytes(make_pdf(4))
    return path


@pytest.fixture
def run_script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Have children run this Python source instead of the rasterizer; a hang is noticed after a second."""

    def use(source: str) -> None:
        arguments = [sys.executable, "-c", source, str(rasterizer_process.CHILD_MEMORY_BYTES), "60"]
        monkeypatch.setattr(rasterizer_process, "command", lambda: arguments)
        monkeypatch.setattr(rasterizer_process, "PAGE_TIMEOUT_S", 1.0)

    return use


def misbehaving(
    deed: str, method: str = "raster", pages: tuple[int, ...] = (2,), arguments: str = "sys.argv[1:]"
) -> str:
    return MISBEHAVING.format(path=rasterizer.__file__, method=method, pages=pages, deed=deed, arguments=arguments)


def gone(pid: int) -> bool:
    """Neither running nor a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def pid_of(document: Document) -> int:
    return document._child._children[0].pid


@pytest.mark.parametrize("deed", [HANG, CRASH, LEAVE, "bytearray(2**31)"], ids=["hang", "crash", "exit", "memory"])
def test_a_page_that_kills_children_is_grey(pdf: Path, run_script: Script, deed: str) -> None:
    run_script(misbehaving(deed))
    with Document(pdf) as document:
        first = pid_of(document)
        assert [page.placeholder for page in document.pages()] == [False, True, False, False]
        why = "is too large; save it at a lower resolution. A" if "2**31" in deed else "cannot be read; a"
        assert document.warnings == [f"Page 2 {why} grey page stands in its place."]
        start = time.monotonic()
        assert document.page(2).placeholder
        assert document.render(2, 1.0).max() == 200
        assert time.monotonic() - start < 0.5  # it is not tried again
        assert gone(first)
        last = pid_of(document)
    assert gone(last)


def test_a_page_gets_a_second_chance(pdf: Path, run_script: Script, tmp_path: Path) -> None:
    mark = str(tmp_path / "mark")
    run_script(misbehaving(f"if not os.path.exists({mark!r}): os.mkdir({mark!r}); ctypes.string_at(0)"))
    with Document(pdf) as document:
        assert not any(page.placeholder for page in document.pages())
        assert document.warnings == []


def test_a_size_that_kills_children(pdf: Path, run_script: Script) -> None:
    run_script(misbehaving(CRASH, method="size"))
    with Document(pdf) as document:
        assert document.page_size(2) == (595, 842)
        assert document.page(2).placeholder
        assert not document.page(3).placeholder


def test_a_zoom_that_kills_children_is_lowered(pdf: Path, run_script: Script) -> None:
    run_script(misbehaving("if rest[0] > 4: " + CRASH))
    with Document(pdf) as document:
        assert document.render(2, 5.0).shape == pytest.approx((2340, 1654, 3), abs=2)
        assert document.render(1, 5.0).shape == (4210, 2975, 3)
        assert document.warnings == []


def test_after_three_deadly_pages_no_more_is_tried(pdf: Path, run_script: Script, tmp_path: Path) -> None:
    tries = tmp_path / "tries"
    run_script(
        misbehaving(f"open({str(tries)!r}, 'a').write('x'); {CRASH}", pages=(1, 2, 3, 4)).replace(
            "rasterizer.main", "import resource; resource.setrlimit = lambda *a: None; rasterizer.main"
        )
    )
    with Document(pdf) as document:
        assert all(page.placeholder for page in document.pages())
    assert tries.read_text() == "x" * 6


@pytest.mark.parametrize("deed", [HANG, CRASH], ids=["hang", "crash"])
def test_opening_that_kills_children(pdf: Path, run_script: Script, deed: str) -> None:
    run_script(misbehaving(deed, method="open"))
    with pytest.raises(ScoreError, match=r"too damaged or too large .*\.$"):
        Document(pdf)


@pytest.mark.parametrize("command", [["/nonexistent/python"], [sys.executable, "-c", "raise SystemExit(1)"]])
def test_reader_that_does_not_start(pdf: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setattr(rasterizer_process, "command", lambda: command)
    with pytest.raises(ScoreError, match="does not start"):
        Document(pdf)


@pytest.mark.parametrize(
    "words",
    [
        b"garbage\n" * 100,
        ANSWER.pack(MAGIC, 99, 1, 0, 0, 0, 0, 0, 0, 0),
        ANSWER.pack(MAGIC, RequestStatus.OK, 1, 0, float("nan"), 0, 0, 0, 0, 0),
        ANSWER.pack(MAGIC, RequestStatus.OK, 1, 0, 0, 0, 100_000, 100_000, 1, 10**10),
        ANSWER.pack(MAGIC, RequestStatus.OK, 1, 0, 0, 0, 10, 10, 1, 2**60),
        ANSWER.pack(MAGIC, RequestStatus.OK, 1, 0, 0, 0, -5, -5, 1, 25),
    ],
)
def test_nonsense_is_not_believed(pdf: Path, run_script: Script, words: bytes) -> None:
    run_script(BABBLING.format(ready=Answer(RequestStatus.READY).header(), words=words))
    with pytest.raises(ScoreError):
        Document(pdf)


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda tail: MAGIC + struct.pack("<ii", 1, 1) + tail))
def test_no_bytes_but_an_answer_or_an_error(data: bytes) -> None:
    try:
        answer = read_answer(io.BytesIO(data))
    except (EOFError, ValueError):
        return
    assert len(answer.pixels) == answer.columns * answer.rows * answer.channels


def test_a_page_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real one: MuPDF is at work on it, and holds Python up."""
    monkeypatch.setattr(rasterizer_process, "PAGE_TIMEOUT_S", 1.0)
    (tmp_path / "endless.pdf").write_bytes(make_endless_pdf())
    with Document(tmp_path / "endless.pdf") as document:
        start = time.monotonic()
        assert document.page(1).placeholder
        assert 2.0 < time.monotonic() - start < 4.0


@linux
def test_an_image_beyond_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("L", (12_000, 12_000), 255).save(tmp_path / "large.png", compress_level=1)
    with Document(tmp_path / "large.png") as document:
        assert document.page(1).image.min() > 250
    monkeypatch.setattr(rasterizer_process, "CHILD_MEMORY_BYTES", 200 * 2**20)
    with Document(tmp_path / "large.png") as document:
        assert document.page(1).placeholder
        assert "save it at a lower resolution" in document.warnings[0]


def test_memory_is_watched_where_the_system_sets_no_limit(
    pdf: Path, run_script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rasterizer_process, "SYSTEM_LIMITS_MEMORY", False)
    monkeypatch.setattr(rasterizer_process, "CHILD_MEMORY_BYTES", 200 * 2**20)
    run_script(misbehaving("hoard = b'x' * 2**28; time.sleep(60)", arguments=f"['{2**40}', '60']"))
    monkeypatch.setattr(rasterizer_process, "PAGE_TIMEOUT_S", 30.0)
    with Document(pdf) as document:
        start = time.monotonic()
        assert document.page(2).placeholder
        assert "save it at a lower resolution" in document.warnings[0]
        assert time.monotonic() - start < 10
        assert not document.page(1).placeholder


def test_child_killed_from_outside(pdf: Path) -> None:
    with Document(pdf) as document:
        document.page(1)
        os.kill(pid_of(document), signal.SIGKILL)
        assert not document.page(2).placeholder
        assert document.warnings == []


def test_closing(pdf: Path) -> None:
    document = Document(pdf)
    pid = pid_of(document)
    document.close()
    document.close()
    assert gone(pid)
    for use in (lambda: document.page(1), lambda: document.render(1, 1.0), lambda: document.page_size(1)):
        with pytest.raises(ScoreError, match="is closed"):
            use()


def test_closing_while_a_thread_waits(pdf: Path, run_script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    run_script(misbehaving(HANG))
    monkeypatch.setattr(rasterizer_process, "PAGE_TIMEOUT_S", 30.0)
    document = Document(pdf)
    pid = pid_of(document)
    errors: list[str] = []

    def wait() -> None:
        try:
            document.page(2)
        except ScoreError as error:
            errors.append(str(error))

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.3)
    start = time.monotonic()
    document.close()
    thread.join(5)
    assert time.monotonic() - start < 1
    assert not thread.is_alive()
    assert len(errors) == 1
    assert gone(pid)


def test_a_forgotten_document_takes_its_child_along(pdf: Path) -> None:
    document = Document(pdf)
    pid = pid_of(document)
    del document
    gc.collect()
    assert gone(pid)


@linux
@pytest.mark.parametrize("deed", ["idle", "busy"])
def test_child_does_not_outlive_its_parent(tmp_path: Path, deed: str) -> None:
    """Idle, it sees its input end; busy on a page without end, its own alarm goes off."""
    (tmp_path / "endless.pdf").write_bytes(make_endless_pdf())
    program = f"""
import os, sys, threading, time
from pathlib import Path
from livefollow.score import rasterizer_process as child
from livefollow.score.document import Document
command = child.command()
child.command = lambda: [*command[:-1], "1.5"]
document = Document(Path(sys.argv[1]))
print(document._child._children[0].pid, flush=True)
if {deed!r} == "busy":
    threading.Thread(target=document.page, args=(1,), daemon=True).start()
    time.sleep(0.5)
os.kill(os.getpid(), 9)
"""
    parent = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "endless.pdf")], cwd=ROOT, capture_output=True, check=False
    )
    pid = int(parent.stdout)
    deadline = time.monotonic() + 5
    status = Path(f"/proc/{pid}/status")
    while status.exists() and "State:\tZ" not in status.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@linux
def test_limits_of_the_child(pdf: Path) -> None:
    with Document(pdf) as document:
        document.page(1)
        process = Path(f"/proc/{pid_of(document)}")
        limits = (process / "limits").read_text()
        assert str(CHILD_MEMORY_BYTES) in next(line for line in limits.splitlines() if line.startswith("Max address"))
        assert b"OMP_NUM_THREADS=1" in (process / "environ").read_bytes().split(b"\0")
        libraries = (process / "maps").read_text()
        assert "mupdf" in libraries
        assert not any(name in libraries for name in ("numpy", "cv2", "Qt", "openblas"))


def test_frozen_application_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert rasterizer_process.command()[:2] == [sys.executable, rasterizer_process.RASTERIZER_FLAG]


def test_protocol_of_the_script(pdf: Path) -> None:
    """As it travels: one line in, one struct and the pixels out, nothing else; it ends when its input does."""
    requests = [
        {"do": "open", "files": [[str(pdf), "pdf", []]], "password": None},
        {"do": "raster", "page": 1, "scale": 0.5, "channels": 3},
        {"do": "raster", "page": 9, "scale": 0.5, "channels": 3},
    ]
    done = subprocess.run(
        rasterizer_process.command(),
        input=b"".join(json.dumps(r).encode() + b"\n" for r in requests),
        capture_output=True,
        check=True,
    )
    stream = io.BytesIO(done.stdout)
    answers = [read_answer(stream) for _ in range(4)]
    assert stream.read() == done.stderr == b""
    assert [answer.status for answer in answers] == [
        RequestStatus.READY,
        RequestStatus.OK,
        RequestStatus.OK,
        RequestStatus.UNREADABLE,
    ]
    assert answers[1].pages == 4
    assert (answers[2].columns, answers[2].rows, answers[2].channels) == (298, 421, 3)


def test_a_child_that_died_says_so() -> None:
    one = Child()
    one.kill()
    one.kill()
    with pytest.raises(ChildError):
        one.ask("size", page=1)
