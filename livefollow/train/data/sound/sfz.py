"""Reads SFZ instrument files: which sample sounds for which key and velocity. https://sfzformat.com

Only what sampled pianos need: headers down to `<region>`, `#define`, `#include`, key and velocity ranges, tuning,
level, low-pass and release. Regions that wait for a pedal, a release or another controller are left out, loops are not
followed (a piano's samples last as long as its strings are worth hearing), and controllers keep their initial values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from livefollow.errors import LivefollowError

COMMENT = re.compile(r"//.*|/\*.*?\*/")
HEADER = re.compile(r"<(\w+)>")
OPCODE = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|$)")
DEFAULT_RELEASE = 0.3  # s, where a file says nothing; dampers need about that


class PianoError(LivefollowError):
    """An instrument is missing or unreadable; the message says which file."""


@dataclass(frozen=True)
class Region:
    """A sample and when it sounds."""

    sample: Path
    lowest: int  # MIDI pitch
    highest: int
    softest: int  # velocity, 1..127
    loudest: int
    center: int  # MIDI pitch the sample sounds at, unshifted
    tune: float  # semitones to add
    volume: float  # dB
    velocity_track: float  # 0: level as sampled, 1: level grows with the square of velocity
    lowpass: float | None  # Hz
    release: float  # s from key up to −60 dB
    offset: int  # samples to skip at the start of the file


def read_sfz(path: Path) -> list[Region]:
    """The regions a struck key can sound, in the file's order.

    Raises:
        PianoError: no such file, nothing playable in it, an opcode that is no number, or a sample that is missing.
    """
    files = {str(p.relative_to(path.parent)).lower(): p for p in path.parent.rglob("*") if p.is_file()}
    levels: dict[str, dict[str, str]] = {}
    regions: list[dict[str, str]] = []
    opcodes: dict[str, str] = levels.setdefault("control", {})
    for line in _lines(path, {}):
        position = 0
        for header in [*HEADER.finditer(line), None]:
            for name, value in OPCODE.findall(line[position : header.start() if header else len(line)].strip()):
                opcodes[name] = value.strip()
            if header:
                position = header.end()
                opcodes = _enter(header[1], levels, regions)
    control = levels["control"]
    playable = [_region(r, control, files) for r in regions if _is_struck(r)]
    if not playable:
        raise PianoError(f"{path.name}: no playable region")
    return playable


def _lines(path: Path, defines: dict[str, str]) -> Iterator[str]:
    """Lines of a file and what it includes, without comments, with its `#define`s filled in."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise PianoError(f"{path.name}: {error.strerror}") from None
    root = defines.setdefault("", str(path.parent))
    for raw in text.splitlines():
        line = COMMENT.sub("", raw).strip()
        if line.startswith("#define"):
            _, name, value = line.split(None, 2)
            defines[name] = value
            continue
        for name in sorted(defines, key=len, reverse=True):
            if name:
                line = line.replace(name, defines[name])
        if line.startswith("#include"):
            yield from _lines(Path(root) / line.split('"')[1].replace("\\", "/"), defines)
        elif line:
            yield line


def _enter(header: str, levels: dict[str, dict[str, str]], regions: list[dict[str, str]]) -> dict[str, str]:
    """The opcodes that lines after a header add to."""
    if header == "region":
        region = {**levels.get("global", {}), **levels.get("master", {}), **levels.get("group", {})}
        regions.append(region)
        return region
    if header == "global":
        levels.pop("master", None)
    if header in ("global", "master"):
        levels.pop("group", None)
    if header == "control":
        return levels["control"]
    levels[header] = {}
    return levels[header]


def _is_struck(opcodes: dict[str, str]) -> bool:
    waits = any(re.fullmatch(r"locc\d+", name) and value != "0" for name, value in opcodes.items())
    return "sample" in opcodes and opcodes.get("trigger", "attack") == "attack" and not waits


def _region(opcodes: dict[str, str], control: dict[str, str], files: dict[str, Path]) -> Region:
    sample = (control.get("default_path", "") + opcodes["sample"]).replace("\\", "/")
    if sample.lower() not in files:
        raise PianoError(f"sample {sample} is missing")

    def number(name: str, default: float) -> float:
        try:
            return float(opcodes.get(name, default))
        except ValueError:
            raise PianoError(f"{name}={opcodes[name]}: a number was expected (sample {sample})") from None

    key = number("key", -1)
    release = number("ampeg_release", DEFAULT_RELEASE)
    for name, value in opcodes.items():
        controlled = re.fullmatch(r"ampeg_release_oncc(\d+)", name)
        if controlled:
            fine, coarse = control.get(f"set_hdcc{controlled[1]}"), control.get(f"set_cc{controlled[1]}", "0")
            release += float(value) * (float(fine) if fine else float(coarse) / 127)
    return Region(
        sample=files[sample.lower()],
        lowest=int(number("lokey", key if key >= 0 else 0)),
        highest=int(number("hikey", key if key >= 0 else 127)),
        softest=int(number("lovel", 1)),
        loudest=int(number("hivel", 127)),
        center=int(number("pitch_keycenter", key if key >= 0 else 60)),
        tune=number("tune", 0) / 100 + number("transpose", 0),
        volume=number("volume", 0) + number("group_volume", 0),
        velocity_track=number("amp_veltrack", 100) / 100,
        lowpass=number("cutoff", 0) or None,
        release=release,
        offset=int(number("offset", 0)),
    )
