"""The microphones behind an input called "pulse", which PortAudio does not name: `pactl` asks the sound server.

PulseAudio and PipeWire both answer. Without `pactl` or a server nothing is known.
"""

from __future__ import annotations

import os
import re
import subprocess

SERVED = frozenset({"default", "pulse", "pipewire"})  # ALSA's names for the input of a sound server
ANSWER_S = 2.0  # for the server to answer
MONITOR = re.compile(r"^\s*Monitor of Sink: (?!n/a)", re.MULTILINE)  # what the loudspeakers play
FIELD = re.compile(r"^\s*(Name|Description|Default Source): (.+)$", re.MULTILINE)


def microphones() -> dict[str, bool]:
    """Return names of the sound server's microphones, and whether each is the default; empty if it does not tell."""
    told = _ask("list", "sources")
    sources = [] if not told else [text for text in re.split(r"^Source #", told, flags=re.MULTILINE) if text.strip()]
    if not sources:
        return {}
    default = dict(FIELD.findall(_ask("info"))).get("Default Source")
    fields = [dict(FIELD.findall(source)) for source in sources if not MONITOR.search(source)]
    return {
        field["Description"]: field["Name"] == default for field in fields if {"Name", "Description"} <= field.keys()
    }


def _ask(*words: str) -> str:
    try:
        done = subprocess.run(
            ["pactl", *words],
            env=os.environ | {"LC_ALL": "C"},
            capture_output=True,
            timeout=ANSWER_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace")
