"""Builds the frozen application, its archive, and the Debian package, and tries them: `make package`.

    python packaging/package.py [--out dist] [--no-try]

Needs Debian 12, a package index and some minutes. The environment in which it is frozen has nothing but what the app
asks for. Prints what was built, with sizes, and what `try_package` saw.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import try_package

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "package"
APP_ID = "org.livefollow.livefollow"
NAME = "livefollow"
PYINSTALLER = "pyinstaller>=6.10,<7"
MIB = 2**20

CONTROL = """Package: livefollow
Version: {version}
Section: sound
Priority: optional
Architecture: {architecture}
Installed-Size: {kib}
Depends: libc6 (>= 2.36), {libraries}
Recommends: pulseaudio-utils
Maintainer: The livefollow authors <livefollow@localhost>
Homepage: https://doi.org/10.5334/tismir.31
Description: follows a pianist in the picture of the score and turns the page
 Put the PDF of a piece on the screen and play: livefollow listens, follows you
 in the picture of the score, and turns the page in time. It reads the picture
 and listens to the sound; nothing of it leaves the computer.
"""


def main() -> int:
    """Build, measure, try."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--no-try", action="store_true", help="build only")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    WORK.mkdir(parents=True, exist_ok=True)
    folder = frozen()
    archive = archived(folder, args.out)
    package = debian_package(folder, args.out)
    print(f"\n| what | MiB |\n|---|---:|\n| installed | {size_of(folder) / MIB:.0f} |")
    for file in (archive, package):
        print(f"| {file.name} | {file.stat().st_size / MIB:.0f} |")
    return 0 if args.no_try else try_package.run(folder, package, args.out)


def frozen() -> Path:
    """The folder of the application, made by PyInstaller in an environment of its own."""
    environment = WORK / "venv"
    if not environment.is_dir():
        venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    call([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", f"{ROOT}[cpu,midi]", PYINSTALLER])
    call([python, ROOT / "packaging" / "notices.py", WORK / "THIRD-PARTY.txt"])
    folders = ["--distpath", WORK / "frozen", "--workpath", WORK / "work"]
    spec = ROOT / "packaging" / "livefollow.spec"
    call([python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders, spec])
    return WORK / "frozen" / NAME


def archived(folder: Path, out: Path) -> Path:
    """The folder as one compressed archive, with the entry for the desktop in it."""
    for file in desktop_files():
        shutil.copy(file, folder)
    archive = out / f"{NAME}-{version()}-linux-{architecture()}.tar.xz"
    call(["tar", "-C", folder.parent, "-cJf", archive, folder.name])
    return archive


def debian_package(folder: Path, out: Path) -> Path:
    """The folder as a package that declares what it needs of Debian."""
    root = WORK / "debian"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "usr" / "lib" / NAME, symlinks=True)
    share = root / "usr" / "share"
    places = {
        ".desktop": share / "applications",
        ".xml": share / "metainfo",
        ".svg": share / "icons" / "hicolor" / "scalable" / "apps",
    }
    for file in desktop_files():
        (root / "usr" / "lib" / NAME / file.name).unlink()
        place = places[file.suffix]
        place.mkdir(parents=True)
        shutil.copy(file, place / (f"{APP_ID}.svg" if file.suffix == ".svg" else file.name))
    legal = share / "doc" / NAME
    legal.mkdir(parents=True)
    shutil.copy(WORK / "THIRD-PARTY.txt", legal / "copyright")
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        CONTROL.format(
            version=version(),
            architecture=architecture(),
            kib=size_of(root) // 1024,
            libraries=", ".join(system_libraries()),
        )
    )
    package = out / f"{NAME}_{version()}_{architecture()}.deb"
    call(["dpkg-deb", "--build", "--root-owner-group", "-Zxz", root, package])
    return package


def desktop_files() -> list[Path]:
    """Menu entry, description for software centres, icon."""
    packaging = ROOT / "packaging"
    return [
        packaging / f"{APP_ID}.desktop",
        packaging / f"{APP_ID}.metainfo.xml",
        ROOT / "livefollow" / "viewer" / "livefollow.svg",
    ]


def version() -> str:
    """The one in `livefollow/__init__.py`."""
    return re.findall(r'__version__ = "(.+)"', (ROOT / "livefollow" / "__init__.py").read_text())[0]


def architecture() -> str:
    """As Debian calls it."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def system_libraries() -> list[str]:
    """Debian's packages that the app needs: the Makefile has the list."""
    (line,) = re.findall(r"^SYSTEM_PACKAGES := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return line.split()


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def call(command: list[str | Path]) -> None:
    """Run a program; it must succeed. Its Python knows nothing of this one."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
