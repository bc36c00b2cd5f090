"""What a program and its children ask of the system, seen by strace: sockets, look-ups of names, files written.

Python's own audit hook does not see what libraries of C and C++ do; the kernel sees all.
"""

from __future__ import annotations

import codecs
import os
import re
import subprocess
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from tests.optional import needs_tracer

# ? for those that not every architecture has.
CALLS = (
    "?socket,?connect,?open,openat,?openat2,?creat,?mkdir,mkdirat,?mknod,?mknodat,?rename,?renameat,?renameat2,"
    "?link,linkat,?symlink,symlinkat,?truncate"
)
OPENS = frozenset({"open", "openat", "openat2", "creat"})
LOCAL = re.compile(r"AF_(UNIX|LOCAL)\b|AF_NETLINK.*NETLINK_KOBJECT_UEVENT")  # within the machine: programs, devices
# Read or called by whoever wants to know the address of a name.
RESOLVERS = ("/etc/resolv.conf", "/etc/hosts", "/etc/gai.conf", "/etc/host.conf")
RESOLVING = re.compile(r"sun_path=\"[^\"]*(nscd/|avahi|systemd/resolve)")
LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)(?:<(.*)>)?(?: (E\w+).*)?$")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
NO_FILES = ("/proc/", "/sys/", "/dev/")  # but SHARED_MEMORY
SHARED_MEMORY = "/dev/shm/"
# What belongs to services of the system, which keep it for all programs, by who writes it.
SYSTEMS = {
    "sound server": ("*/pulse", "*/pulse/*", "*/pulse-*", "/dev/shm/jack*", "/dev/shm/sem.jack*", "/dev/shm/jack*/*"),
    "font library": ("*/fontconfig", "*/fontconfig/*"),
    "Python": ("*/__pycache__", "*/__pycache__/*"),
}


@dataclass
class Trace:
    """What was asked.

    Attributes:
        sockets: calls that make or use a socket to anywhere but this machine's own programs, as strace shows them.
        lookups: calls that betray the look-up of a name.
        written: absolute paths of files and folders that were made, or opened to be written.
    """

    sockets: list[str] = field(default_factory=list)
    lookups: list[str] = field(default_factory=list)
    written: set[Path] = field(default_factory=set)

    def outside(self, own: Collection[Path]) -> set[Path]:
        """What was written neither below one of a program's own folders, nor for a service of the system."""
        return {
            path
            for path in self.written
            if not any(path.is_relative_to(folder) or folder.is_relative_to(path) for folder in own)
            and not of_system(path)
        }


def run_traced(
    command: Sequence[str | Path], environment: Mapping[str, str], folder: Path, timeout_s: float
) -> tuple[subprocess.CompletedProcess[str], Trace]:
    """Run a command to its end; skips the test where there is no strace, or it may not trace.

    Args:
        command: words.
        environment: all of it.
        folder: in which it runs.
        timeout_s: seconds it may take, several times what it takes untraced.
    """
    needs_tracer()
    with tempfile.TemporaryDirectory() as name:
        # A file per thread: no call is torn in two by another's.
        strace = ["strace", "-ff", "--seccomp-bpf", "-y", "-s", "4096", "-e", f"trace={CALLS}", "-e", "signal=none"]
        words = [*strace, "-o", f"{name}/calls", *map(str, command)]
        done = subprocess.run(
            words, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=timeout_s
        )
        trace = Trace()
        for path in sorted(Path(name).iterdir()):
            with path.open(encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    note(trace, line.rstrip("\n"), folder)
    return done, trace


def note(trace: Trace, line: str, folder: Path) -> None:
    """Add a line of strace's to a trace of a program that runs in a folder."""
    found = LINE.fullmatch(line)
    if not found:
        return
    call, words, result, opened, _ = found.groups()
    quoted = [unescaped(text) for text in QUOTED.findall(words)]
    if call in ("socket", "connect"):
        if RESOLVING.search(words):
            trace.lookups.append(line)
        elif not LOCAL.search(words) and "AF_UNSPEC" not in words:
            trace.sockets.append(line)
        return
    if call in OPENS and quoted and quoted[0] in RESOLVERS:
        trace.lookups.append(line)
    if int(result) < 0 or not quoted:
        return
    if call in OPENS:
        if call != "creat" and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE", words):
            return
        path = Path(unescaped(opened or "").removesuffix(" (deleted)") or quoted[0])
    else:
        path = folder / quoted[-1]
    if not str(path).startswith(NO_FILES) or str(path).startswith(SHARED_MEMORY):
        trace.written.add(path)


def of_system(path: Path) -> str:
    """Which of SYSTEMS a file belongs to, empty for none."""
    for name, patterns in SYSTEMS.items():
        if any(fnmatch(str(path), pattern) for pattern in patterns):
            return name
    return ""


def unescaped(text: str) -> str:
    """A path as strace shows it, with octal numbers for all that is not ASCII."""
    return os.fsdecode(codecs.escape_decode(text.encode())[0])


def fresh_home(folder: Path) -> tuple[dict[str, str], list[Path]]:
    """An empty home in a folder, as an environment, and livefollow's own folders in it and in the temporary folder."""
    home, temporary, runtime = (folder / name for name in ("home", "tmp", "run"))
    for made in (home, temporary, runtime):
        made.mkdir(mode=0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PULSE_", "DBUS_"))}
    for name in ("ORT_DISABLE_TELEMETRY", "DISPLAY", "WAYLAND_DISPLAY"):  # what a program does without any help
        kept.pop(name, None)
    environment = kept | {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_QPA_PLATFORM": "offscreen",
    }
    places = (".config", ".local/share", ".local/state", ".cache")
    return environment, [*(home / place / "livefollow" for place in places), temporary]
