"""Agents: they follow a score by frames, as places on the strip; each is an entry of the manifest.

Two threads use an agent: one reads the score with it, one steps it. What has been read is prepared for following on the
reading thread and handed over whole; the stepping thread takes the newest there is. No lock, and no frame waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from livefollow.errors import ModelError, ScoreError
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.score_model import ScoreModel
from livefollow.follow.paper.agent import PaperAgent
from livefollow.follow.paper.state import NOTTINGHAM, PAPER
from livefollow.follow.pitches import moved
from livefollow.follow.policy.cursor import PolicyCursor
from livefollow.follow.policy.observation import POLICY
from livefollow.follow.position import Estimate
from livefollow.follow.score_reader import ScoreReader
from livefollow.follow.tuning import Row, ShiftSearch
from livefollow.networks.listener import LISTENER, FloatArray, Listener
from livefollow.networks.manifest import Manifest, Provider, load_manifest
from livefollow.networks.reader import READER, Reader
from livefollow.networks.runtime import Network, load_network
from livefollow.networks.specs import NetworkSpec
from livefollow.score.growing import Growing
from livefollow.score.links.ways import Link
from livefollow.score.reading import Reading, concatenate
from livefollow.score.score import Score


class Agent(Protocol):
    """Follows one performance of one score."""

    @property
    def networks(self) -> tuple[Network, ...]:
        """The networks that it runs."""

    def read(self, score: Score) -> Iterator[int]:
        """Read the score; yields the number of a page once it, and all before it, can be followed. Reading thread only.

        Args:
            score: opened and not read yet; the agent reads it, and the strip grows.

        Raises:
            ScoreError: all pages are read, and there is nothing to follow.
        """

    def step(self, frames: FloatArray) -> list[Estimate]:
        """Estimate where the player is, once per frame; empty before any event is read. Stepping thread only.

        Args:
            frames: (k, 468) from `features`, all that are waiting.
        """

    def place(self, x: float) -> None:
        """Go on from strip x, where the player has pointed. Any thread; takes effect with the next step."""

    def forget(self) -> None:
        """Note that frames are missing before the next one. Stepping thread only."""


@runtime_checkable
class HasReading(Protocol):
    """An agent that knows events, bars and repeats of the score."""

    @property
    def reading(self) -> Reading:
        """Everything that has been read so far. Any thread."""


@runtime_checkable
class SeesScreen(Protocol):
    """An agent that uses which parts of the score are on the screen."""

    def show_spans(self, spans: Sequence[tuple[float, float]]) -> None:
        """Note which parts of the strip are on the screen, strip px. Any thread; takes effect with the next step."""


@runtime_checkable
class TakesLinks(Protocol):
    """An agent that uses links between places of the score."""

    def take_links(self, links: Sequence[Link]) -> None:
        """Note from where to where the player goes on, strip px. Any thread; takes effect with the next step."""


@runtime_checkable
class Transposes(Protocol):
    """An agent that finds out which semitone fits the score."""

    @property
    def semitones(self) -> int:
        """By which the instrument sounds lower than what is printed. Any thread's."""


@runtime_checkable
class Glides(Protocol):
    """An agent that may have a learned cursor beside its localizer.

    Attributes:
        glides: whether the learned cursor is shown, where there is one. Any thread; takes effect with the next frame.
    """

    glides: bool

    @property
    def can_glide(self) -> bool:
        """Whether there is a learned cursor."""


class LocalizerAgent:
    """Reader, listener and localizer; shown are the localizer's estimates, or those of a learned cursor.

    Attributes:
        glides: whether the learned cursor is shown, where there is one.
    """

    def __init__(self, reader: Network, listener: Network, cursor: PolicyCursor | None = None) -> None:
        """Take the networks; `read` takes the score.

        Args:
            reader: of kind `reader`.
            listener: of kind `listener`.
            cursor: moved by a policy, which observes what the others say.
        """
        self.networks: tuple[Network, ...] = (reader, listener, *([cursor.network] if cursor else []))
        self._cursor, self.glides = cursor, True
        self._reader, self._listener = ScoreReader(Reader(reader)), Listener(listener)
        self.reading: Reading = concatenate([])
        self._localizer: Localizer | None = None
        self._shift = ShiftSearch()
        # From other threads to the stepping one: the newest only, taken once.
        self._begun: deque[Localizer] = deque(maxlen=1)
        self._longer: deque[ScoreModel] = deque(maxlen=1)
        self._placed: deque[float] = deque(maxlen=1)
        self._visible: deque[Sequence[tuple[float, float]]] = deque(maxlen=1)
        self._links: Sequence[Link] = ()

    def read(self, score: Score) -> Iterator[int]:
        """Read the score page by page."""
        parts: list[Reading] = []
        pitches = Growing(concatenate([]).pitches)
        model: ScoreModel | None = None
        for number, more in self._reader.read(score):
            parts += more
            for part in more:
                pitches = pitches.extended(part.pitches)
            whole = concatenate(parts, pitches.now)
            self.reading = whole
            if model:
                model = model.extended(whole)
                self._longer.append(model)
            elif len(whole):
                localizer = Localizer(whole)
                model = localizer.model
                self._begun.append(localizer)
            yield number
        if not parts:
            raise ScoreError(
                "{name} shows no staff systems: there is nothing to follow; "
                "`livefollow strip` shows what the program sees.",
                in_window="{name} shows no staff systems: there is nothing to follow.",
                name=score.document.path,
            )
        if not model:
            raise ScoreError(
                "No note could be read in {name}, though it has staves: there is nothing to follow; "
                "`livefollow strip` shows what the program sees.",
                in_window="No note could be read in {name}, though it has staves: there is nothing to follow.",
                name=score.document.path,
            )

    def step(self, frames: FloatArray) -> list[Estimate]:
        """One estimate per frame: the listener takes all frames in one run, the localizer one by one."""
        heard = self._listener.push(frames)
        if self._begun:
            self._localizer = self._begun.pop()
        if not self._localizer:
            return []
        if self._longer:
            self._localizer.extend(self._longer.pop())
        if self._localizer.links is not (links := self._links):
            self._localizer.lead(links)
        if self._visible:
            self._localizer.looking_at(self._visible.pop())
        if self._placed:
            self._localizer.place(self._placed.pop())
            self._shift.forget()
            if self._cursor:
                self._cursor.forget()
        rows = zip(heard.onsets, heard.sounding, heard.loudness.tolist(), strict=True)
        return [self._estimate(row) for row in rows]

    def place(self, x: float) -> None:
        """Go on from strip x with the next step."""
        self._placed.append(x)

    def show_spans(self, spans: Sequence[tuple[float, float]]) -> None:
        """Note which parts of the strip are on the screen."""
        self._visible.append(spans)

    def take_links(self, links: Sequence[Link]) -> None:
        """Note from where to where the player goes on."""
        self._links = links

    @property
    def can_glide(self) -> bool:
        """Whether there is a learned cursor."""
        return self._cursor is not None

    @property
    def semitones(self) -> int:
        """By which the instrument sounds lower than what is printed. Any thread's."""
        return self._shift.semitones

    def forget(self) -> None:
        """Reset the listener; the localizer keeps its belief."""
        self._listener.forget()

    def _estimate(self, row: Row) -> Estimate:
        assert self._localizer
        self._localizer, estimate = self._shift.step(self._localizer, row)
        if not self._cursor:
            return estimate
        if not self.glides:
            self._cursor.forget()
            return estimate
        onsets, sounding = (moved(pitches, self._shift.semitones) for pitches in row[:2])
        return self._cursor.follow(self._localizer, estimate, onsets, sounding)


def _open_localizer(parts: Mapping[str, str], manifest: Manifest, provider: Provider) -> Agent:
    reader, listener = (_load(spec, parts, manifest, provider) for spec in (READER, LISTENER))
    return LocalizerAgent(reader, listener)


def _open_policy(parts: Mapping[str, str], manifest: Manifest, provider: Provider) -> Agent:
    """Open the policy alone, kind `policy`, or corrected by the localizer, kind `livefollow`."""
    reader, listener, policy = (_load(spec, parts, manifest, provider) for spec in (READER, LISTENER, POLICY))
    return LocalizerAgent(reader, listener, PolicyCursor(policy, corrected=parts["kind"] == "livefollow"))


def _open_paper(parts: Mapping[str, str], manifest: Manifest, provider: Provider) -> Agent:
    file = manifest.network(parts["policy"])
    spec = next((spec for spec in PAPER.values() if spec.kind == file.kind), PAPER[NOTTINGHAM.name])
    return PaperAgent(load_network(file, spec, provider), _load(READER, parts, manifest, provider))


def _load(spec: NetworkSpec, parts: Mapping[str, str], manifest: Manifest, provider: Provider) -> Network:
    """Load the network that an agent names for a kind."""
    return load_network(manifest.network(parts[spec.kind]), spec, provider)


KINDS: Mapping[str, Callable[[Mapping[str, str], Manifest, Provider], Agent]] = {
    "localizer": _open_localizer,
    "policy": _open_policy,
    "livefollow": _open_policy,
    "paper": _open_paper,
}


def open_agent(name: str | None = None, models: Path | None = None, provider: Provider = "auto") -> Agent:
    """Open an agent by its name.

    Args:
        name: in the manifest; its default by default.
        models: see `load_manifest`.
        provider: see `load_network`.

    Raises:
        ModelError: there is no such agent, or one of its networks cannot be used.
        DeviceError: CUDA is asked for and cannot be had.
    """
    manifest = load_manifest(models)
    name, parts = manifest.agent(name)
    kind = parts.get("kind", "")
    if kind not in KINDS:
        raise ModelError(
            "The agent {name} of {folder} is of the kind {kind}, not {kinds}.",
            name=name,
            folder=manifest.source,
            kind=repr(kind),
            kinds=", ".join(KINDS),
        )
    try:
        return KINDS[kind](parts, manifest, provider)
    except KeyError as error:
        raise ModelError(
            "The agent {name} of {folder} does not say which network is its {part}.",
            name=name,
            folder=manifest.source,
            part=error,
        ) from error
