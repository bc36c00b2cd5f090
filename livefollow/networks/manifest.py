"""Which networks and agents there are: `models/manifest.json`, and files of the user's own.

    {"networks": {"reader": {"file": "reader.onnx", "kind": "reader", "sha256": "..."}, ...},
     "agents": {"localizer": {"kind": "localizer", "reader": "reader", "listener": "listener"}},
     "default": "localizer"}

Files that come with livefollow are checked by SHA-256; a user's own are not, and come first: a folder with one network
of the user's has all others of livefollow's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from livefollow.errors import ModelError

MANIFEST = "manifest.json"
Provider = Literal["auto", "cpu", "cuda"]
PROVIDERS: tuple[Provider, ...] = get_args(Provider)


@dataclass(frozen=True)
class NetworkFile:
    """One network on disk.

    Attributes:
        path: the .onnx file.
        kind: what it must be: `reader`, `listener`, `policy`, `paper-nottingham` or `paper-msmd`.
        sha256: what it must hash to, in hexadecimal; empty where the user named the file.
    """

    path: Path
    kind: str
    sha256: str = ""


@dataclass(frozen=True)
class Manifest:
    """Networks and agents by name.

    Attributes:
        networks: the files.
        agents: per agent its `kind`, and the name of its network for each part of it.
        default: the agent that follows when none is named.
        source: where this was read.
    """

    networks: Mapping[str, NetworkFile]
    agents: Mapping[str, Mapping[str, str]]
    default: str
    source: Path

    def agent(self, name: str | None) -> tuple[str, Mapping[str, str]]:
        """Look up the name and parts of an agent, the default one for None.

        Raises:
            ModelError: there is none of that name.
        """
        name = name or self.default
        if name not in self.agents:
            raise ModelError(
                "There is no agent {name}; in {folder} there are: {names}.",
                name=name,
                folder=self.source,
                names=", ".join(self.agents) or "none",
            )
        return name, self.agents[name]

    def network(self, name: str) -> NetworkFile:
        """Look up the file of a network.

        Raises:
            ModelError: there is none of that name.
        """
        if name not in self.networks:
            raise ModelError(
                "There is no network {name} in {folder}, which an agent there needs.", name=name, folder=self.source
            )
        return self.networks[name]


def models_folder() -> Path:
    """The folder of the networks: inside the installed package, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"


def load_manifest(models: Path | None = None) -> Manifest:
    """Load the manifest of the networks to use.

    Args:
        models: by default what comes with livefollow. Else what is laid over that: a folder with a manifest, whose
            networks, agents and default come first; a folder of .onnx files, or one .onnx file, which take the place
            of those that come with livefollow and are called the same.

    Raises:
        ModelError: there are none, or the manifest makes no sense.
    """
    if models is None:
        return _read(models_folder() / MANIFEST, checked=True)
    if not models.exists():
        raise ModelError("There is no file or folder {name} to take networks from.", name=models)
    if models.is_dir() and (models / MANIFEST).is_file():
        return _laid_over(models / MANIFEST)
    files = sorted(models.glob("*.onnx")) if models.is_dir() else [models]
    if not files:
        raise ModelError("{name} has neither a manifest.json nor .onnx files in it.", name=models)
    return _with_files(files, models)


def _with_files(files: list[Path], source: Path) -> Manifest:
    """The shipped manifest with some of its networks replaced by other files."""
    shipped = _read(models_folder() / MANIFEST, checked=True)
    networks = dict(shipped.networks)
    for file in files:
        if file.stem not in networks:
            raise ModelError(
                "{name} must be called after the network it replaces: {names}.", name=file, names=", ".join(networks)
            )
        networks[file.stem] = replace(networks[file.stem], path=file, sha256="")
    return replace(shipped, networks=networks, source=source)


def _laid_over(path: Path) -> Manifest:
    """A manifest of the user's, completed by the shipped one."""
    shipped = models_folder() / MANIFEST
    if not shipped.is_file() or shipped.samefile(path):
        return _read(path, checked=False)
    below = _read(shipped, checked=True)
    own = _read(path, checked=False, default=below.default)
    return replace(own, networks={**below.networks, **own.networks}, agents={**below.agents, **own.agents})


def _read(path: Path, *, checked: bool, default: str | None = None) -> Manifest:
    """Read one manifest file; `default` is for one that names none."""
    if not path.is_file():
        raise ModelError(
            "There are no networks to follow with: {name} is missing; name a folder with --models.",
            in_window="There are no networks to follow with: {name} is missing; install livefollow anew.",
            name=path,
        )
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        networks = {
            str(name): NetworkFile(path.parent / entry["file"], entry["kind"], entry["sha256"] if checked else "")
            for name, entry in content["networks"].items()
        }
        agents = {str(name): {k: str(v) for k, v in parts.items()} for name, parts in content["agents"].items()}
        chosen = content["default"] if default is None else content.get("default", default)
        return Manifest(networks, agents, str(chosen), path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            "{name} is no list of networks and agents ({kind}: {reason}).",
            name=path,
            kind=type(error).__name__,
            reason=error,
        ) from error
