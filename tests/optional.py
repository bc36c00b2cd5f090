"""What tests need that not every machine has: each says what is missing, and in which package of Debian it is."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import Any

import pytest


@cache
def strace_trouble() -> str:
    """Why nothing can be traced, empty where it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    return f"strace may not trace here: {tried.stderr.strip()}" if tried.returncode else ""


def needs_strace() -> None:
    """Skip without a strace that may trace."""
    if strace_trouble():
        pytest.skip(f"{strace_trouble()} (Debian: strace)")


def needs_module(*names: str) -> Any:
    """The first of the modules; skips where one cannot be imported."""
    modules = []
    for name in names:
        modules.append(pytest.importorskip(name, reason=f"needs {name} (pip install 'livefollow[train]')"))
    return modules[0]
