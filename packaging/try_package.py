"""Tries the frozen application where nothing else is: no PATH, no home, then on a clean Debian.

    python packaging/try_package.py FOLDER PACKAGE.deb OUT

The folder is started with an empty environment: `--self-test`, `track`, and the window under Xvfb, of which a picture
is taken. As root, with debootstrap installed, the package is then installed into a Debian of its own, a folder, by apt,
and tried there by an ordinary user. What cannot be tried is said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "assets" / "demo"
SUITE = "bookworm"
DISPLAY = ":97"
SHOWN_S = 12.0  # that the window is left to read and to follow before its picture is taken
USER = "pianist"
WITH_MIDI = "MIDI: python-rtmidi is there"  # said by the self-test


def run(folder: Path, package: Path, out: Path) -> int:
    """Try both.

    Args:
        folder: of the frozen application.
        package: for Debian.
        out: for pictures of the window.

    Returns:
        Exit code: 0 when all that could be tried worked.
    """
    try_folder(folder, out)
    if os.geteuid() == 0 and shutil.which("debootstrap"):
        with tempfile.TemporaryDirectory(prefix="livefollow-debian-") as root:
            try_package(package, Path(root))
    else:
        print("Not tried: the package on a clean Debian (needs root and debootstrap).")
    return 0


def try_folder(folder: Path, out: Path) -> None:
    """Start what lies in a folder, with nothing in the environment but a home."""
    with tempfile.TemporaryDirectory(prefix="livefollow-home-") as home:
        empty = {"HOME": home, "LC_ALL": "C.UTF-8"}
        program = folder / "livefollow"
        tell("with an empty environment", [program, "--self-test"], empty, WITH_MIDI)
        csv = Path(home) / "track.csv"
        tell("track", [program, "track", *demo("--score", "--audio"), "--csv", csv], empty)
        if "following" not in csv.read_text():
            sys.exit("the demo is not followed")
        if shutil.which("Xvfb") and shutil.which("import"):
            picture = out / "livefollow.png"
            show(program, empty, picture)
            print(f"- a picture of the window: {picture}")
        else:
            print("Not tried: a window on a screen (needs Debian's xvfb and imagemagick).")


def show(program: Path, environment: dict[str, str], picture: Path) -> None:
    """A picture of the window while it follows the demo."""
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        window = subprocess.Popen(
            [program, *demo("--score", "--audio")], env=environment | {"DISPLAY": DISPLAY}, stderr=subprocess.DEVNULL
        )
        time.sleep(SHOWN_S)
        if window.poll() is not None:
            sys.exit(f"the window ended by itself with {window.returncode}")
        subprocess.run(["import", "-display", DISPLAY, "-window", "root", picture], check=True)
        window.terminate()
        if window.wait(30):
            sys.exit(f"the window ended with {window.returncode}")
    finally:
        screen.terminate()


def try_package(package: Path, root: Path) -> None:
    """Install the package on a Debian that has nothing else, and try it as an ordinary user."""
    print("- a clean Debian", flush=True)
    subprocess.run(["debootstrap", "--variant=minbase", SUITE, root], check=True, stdout=subprocess.DEVNULL)
    root.chmod(0o755)  # a temporary folder is its owner's alone
    (root / "etc" / "apt" / "sources.list").unlink()
    for name in ("sources.list", "sources.list.d", "apt.conf.d"):
        source, place = Path("/etc/apt") / name, root / "etc" / "apt" / name
        if source.is_dir():
            shutil.copytree(source, place, dirs_exist_ok=True)
        elif source.is_file():
            shutil.copy(source, place)
    shutil.copy(package, root / package.name)
    inside = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    with mounted(root):
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/{package.name}"],
            ["useradd", "--create-home", USER],
        ):
            subprocess.run(["chroot", root, *command], env=inside, check=True, stdout=subprocess.DEVNULL)
        user = ["chroot", f"--userspec={USER}", root, "/usr/bin/env", f"HOME=/home/{USER}"]
        tell("installed, as an ordinary user", [*user, "livefollow", "--self-test"], inside)
        subprocess.run(["chroot", root, "apt-get", "purge", "-y", "-qq", "livefollow"], env=inside, check=True)
        if (root / "usr" / "lib" / "livefollow").exists():
            sys.exit("purging the package leaves files behind")


@contextmanager
def mounted(root: Path) -> Iterator[None]:
    """The system's processes and devices, seen in a folder."""
    places = ("proc", "dev", "dev/pts")
    for place in places:
        subprocess.run(["mount", "--bind", f"/{place}", root / place], check=True)
    try:
        yield
    finally:
        for place in reversed(places):
            subprocess.run(["umount", root / place], check=True)


def demo(score: str, audio: str) -> list[str | Path]:
    """The demo's files as arguments."""
    return [score, DEMO / "score.pdf", audio, DEMO / "performance.ogg"]


def tell(what: str, command: list[str | Path], environment: dict[str, str], needed: str = "") -> None:
    """Run a program, which must succeed and say something, and show what it says."""
    print(f"- {what}", flush=True)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    print("".join(f"    {line}\n" for line in done.stdout.splitlines()), end="", flush=True)
    if done.returncode:
        sys.exit(f"ended with {done.returncode}: {done.stderr}")
    if needed not in done.stdout:
        sys.exit(f"{what}: {needed!r} is not said")


if __name__ == "__main__":
    sys.exit(run(*map(Path, sys.argv[1:])))
