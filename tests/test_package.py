"""What is installed: every package, and the networks among them."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_package_is_installed() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    there = {str(p.parent.relative_to(ROOT)).replace("/", ".") for p in ROOT.glob("livefollow/**/__init__.py")}
    assert set(setuptools["packages"]) == there | {"livefollow.models"}
    assert setuptools["package-dir"] == {"livefollow.models": "models"}
