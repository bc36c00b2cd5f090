"""Rollouts: a few steps of several environments at once, and the advantages of their actions.

Nothing here knows what is observed or what network decides. An observation is a tuple of tensors, each (n, ...), of any
dtype; the network is called with them, one argument each, and gives (logits (n, actions), values (n,)).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
import torch
from torch import Tensor

Observation = tuple[Tensor, ...]
Policy = Callable[[Observation], tuple[Tensor, Tensor]]  # observation → logits (n, actions), values (n,); no gradient


class Environments(Protocol):
    """n environments that step together. One whose episode ends starts another within the same step."""

    @property
    def n(self) -> int:
        """The number of environments."""

    def reset(self) -> Observation:
        """Begin n episodes; returns the first observation."""

    def step(self, actions: Tensor) -> tuple[Observation, Tensor, Tensor, dict[str, Any]]:
        """Take n actions, int64.

        Returns:
            What is observed now (of the new episode where one ended), rewards (n,), which episodes ended (n,), and
            whatever else there is to say. Training looks at `truncated` only: indices (k,) of episodes that ended for
            nothing but their length, and what is observed last in them; the value of that is what would have come.
        """


@runtime_checkable
class TaughtEnvironments(Environments, Protocol):
    """Environments with a teacher."""

    def advice(self) -> Tensor:
        """The actions (n,), int64, that one who knows the way would take now."""


@dataclass(frozen=True, eq=False)
class Rollout:
    """T steps of n environments.

    Attributes:
        observations: as observed before each step, each array (T, n, ...).
        actions: (T, n) int64.
        log_probabilities: (T, n) of the actions when they were drawn.
        values: (T + 1, n), the last row of what is observed after the last step.
        rewards: (T, n).
        ended: (T, n) 1 where the step ended an episode.
        cut: (T, n) the value of what is observed last, where the step ended an episode for its length only; else 0.
        episodes: only the episodes count that the environments were in at the beginning.
        advised: (T, n) int64, the teacher's actions; empty where none was asked.
    """

    observations: tuple[Tensor, ...]
    actions: Tensor
    log_probabilities: Tensor
    values: Tensor
    rewards: Tensor
    ended: Tensor
    cut: Tensor
    episodes: bool = False
    advised: Tensor = field(default_factory=lambda: torch.empty(0, dtype=torch.int64))

    @property
    def counted(self) -> Tensor:
        """(T, n) whether each step counts."""
        if self.episodes:
            return self.ended.cumsum(0) - self.ended == 0
        return torch.ones_like(self.ended, dtype=torch.bool)

    @property
    def steps(self) -> int:
        """The number of steps that count."""
        return int(self.counted.sum()) if self.episodes else self.actions.numel()

    def advantages(self, gamma: float, lam: float) -> Tensor:
        """Compute generalised advantage estimates, (T, n); with λ = 1 the returns minus the values.

        Schulman et al., "High-dimensional continuous control using generalized advantage estimation", 2016, eq. 16.
        """
        out = torch.empty_like(self.rewards)
        following = torch.zeros_like(self.rewards[0])
        for t in range(len(out) - 1, -1, -1):
            goes_on = 1 - self.ended[t]
            delta = self.rewards[t] + gamma * (goes_on * self.values[t + 1] + self.cut[t]) - self.values[t]
            following = delta + gamma * lam * goes_on * following
            out[t] = following
        return out

    def batches(self, size: int, *more: Tensor) -> Iterator[tuple[tuple[Tensor, ...], Tensor, tuple[Tensor, ...]]]:
        """Yield all steps that count once, in random order, `size` at a time.

        Args:
            size: of a batch; the last one may be smaller.
            more: (T, n) tensors to be cut in the same way.

        Yields:
            Observations, actions, and the cuts of `more`.
        """
        observations = [o.flatten(0, 1) for o in self.observations]
        flat = [m.flatten() for m in (self.actions, *more)]
        drawn = torch.randperm(self.actions.numel(), device=self.actions.device)
        if self.episodes:
            drawn = drawn[self.counted.flatten()[drawn]]
        for chosen in drawn.split(size):
            actions, *others = (m[chosen] for m in flat)
            yield tuple(o[chosen] for o in observations), actions, tuple(others)


class Collector:
    """Lets a policy act and collects rollouts; each goes on where the one before stopped.

    Attributes:
        lengths: steps of the episodes that ended since they were last taken.
    """

    def __init__(self, environments: Environments, device: torch.device) -> None:
        """Begin the episodes.

        Args:
            environments: to act in.
            device: of the rollouts.
        """
        self._environments, self._device = environments, device
        self._observation = environments.reset()
        self._length = np.zeros(environments.n, np.int64)
        self.lengths: list[int] = []

    def collect(self, policy: Policy, steps: int, *, episodes: bool = False, guided: float | None = None) -> Rollout:
        """Act for some steps, with actions drawn from the policy.

        Args:
            policy: decides.
            steps: how many.
            episodes: begin all again, and stop early once each environment has ended one. Nothing is decided any more
                in those that have (values 0), and no further end of theirs is written down.
            guided: ask the teacher, whose actions this share of the environments takes; by default there is none.

        Raises:
            TypeError: a teacher is wanted, and these environments have none.
        """
        if episodes:
            self._observation = self._environments.reset()
            self._length[:] = 0
        observations: list[Observation] = []
        drawn: list[tuple[Tensor, ...]] = []
        led = torch.arange(self._environments.n) < round((guided or 0.0) * self._environments.n)
        led = led.to(self._observation[0].device)[:, None]
        rewards, ended, cut = [], [], []
        playing = torch.ones(self._environments.n, dtype=torch.bool, device=self._observation[0].device)
        for _ in range(steps):
            observations.append(self._observation)
            logits, values = _decided(policy, self._observation, playing) if episodes else policy(self._observation)
            log_probabilities = logits.log_softmax(-1)
            # The earliest of exponential times with these rates: torch.multinomial would wait for the device.
            actions = (log_probabilities.exp() / torch.empty_like(logits).exponential_()).argmax(-1, keepdim=True)
            advised = actions if guided is None else self._advice()[:, None]
            actions = torch.where(led, advised, actions)
            chosen = log_probabilities.gather(1, actions)[:, 0]
            drawn.append((actions[:, 0], chosen, values, advised[:, 0]))
            self._observation, reward, over, info = self._environments.step(actions[:, 0])
            rewards.append(reward)
            cut.append(_values_cut(policy, info, values))
            ended.append(over & playing)
            if episodes:
                playing = playing & ~over
                if not playing.any():
                    break
        _, last = policy(self._observation)
        actions, log_probabilities, values, advised = (torch.stack(d) for d in zip(*drawn, strict=True))
        over = torch.stack(ended)
        self._count(over)
        return Rollout(
            tuple(torch.stack(o).to(self._device) for o in zip(*observations, strict=True)),
            actions,
            log_probabilities,
            torch.cat([values, last[None]]),
            torch.stack(rewards).float().to(self._device),
            over.float().to(self._device),
            torch.stack(cut),
            episodes,
            advised,
        )

    def _advice(self) -> Tensor:
        if not isinstance(self._environments, TaughtEnvironments):
            raise TypeError(f"{type(self._environments).__name__} have no teacher")
        return self._environments.advice()

    def _count(self, ended: Tensor) -> None:
        """Collect the lengths of the episodes that ended in (T, n) steps."""
        for over in ended.cpu().numpy():
            self._length += 1
            self.lengths += self._length[over].tolist()
            self._length[over] = 0


def _values_cut(policy: Policy, info: dict[str, Any], values: Tensor) -> Tensor:
    """Values (n,) of the last observations of the episodes that were cut in this step; 0 elsewhere."""
    found = torch.zeros_like(values)
    which, observation = info.get("truncated", ((), ()))
    if len(which):
        found[which] = policy(observation)[1]
    return found


def _decided(policy: Policy, observation: Observation, where: Tensor) -> tuple[Tensor, Tensor]:
    """Evaluate a policy where the mask (n,) is true; zeros elsewhere."""
    logits, values = policy(tuple(o[where] for o in observation))
    every_logits, every_value = logits.new_zeros(len(where), logits.shape[1]), values.new_zeros(len(where))
    every_logits[where], every_value[where] = logits, values
    return every_logits, every_value
