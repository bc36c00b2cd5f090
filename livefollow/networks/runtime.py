"""Load exported networks: check that a file is what it claims to be, and choose what it runs on.

The only user of ONNX Runtime, which is imported with the first network.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import os
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from livefollow.errors import DeviceError, ModelError
from livefollow.networks.manifest import NetworkFile, Provider
from livefollow.networks.specs import NEXT, NetworkSpec, Side

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

CPU, CUDA = "CPUExecutionProvider", "CUDAExecutionProvider"

MAX_BYTES = 64 * 2**20  # a file beyond this is no network of ours
MOST_TOLD = 3  # numbers that a file was made for, and that are others here
LONGEST_TOLD = 32  # characters of such a number
WARM_UP, TIMED = 2, 5  # runs before and while providers are compared
METADATA = ("name", "kind", "version", "constants", "training", "scores", "licence")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Network:
    """A network that is ready to run; threads may run it at the same time.

    Attributes:
        spec: of its kind.
        name, version: as its file says.
        provider: `cpu` or `cuda`, what it really runs on.
        session: ONNX Runtime's.
        sha256: of its file.
    """

    spec: NetworkSpec
    name: str
    version: str
    provider: str
    session: InferenceSession
    sha256: str

    @property
    def kind(self) -> str:
        """The network's kind, from its spec."""
        return self.spec.kind

    def run(self, inputs: Mapping[str, npt.NDArray[np.float32]]) -> dict[str, npt.NDArray[np.float32]]:
        """Run once: inputs by name to outputs by name."""
        return dict(zip(self._outputs, self.session.run(self._outputs, inputs), strict=True))

    def takes(self, name: str) -> bool:
        """Whether the network has an input of that name."""
        return any(i.name == name for i in self.session.get_inputs())

    @cached_property
    def _outputs(self) -> list[str]:
        return [output.name for output in self.session.get_outputs()]


def load_network(file: NetworkFile, spec: NetworkSpec, provider: Provider = "auto") -> Network:
    """Load a network from its file, check it and warm it up.

    Args:
        file: where it lies and what it is said to be.
        spec: of the kind that is needed.
        provider: `cuda` fails where there is none; `auto` takes it where it is there and faster.

    Raises:
        ModelError: ONNX Runtime is missing, or the file is missing, damaged, of another kind, made for other
            constants, or cannot be run.
        DeviceError: CUDA is asked for and cannot be had, or cannot run the network.
    """
    if file.kind != spec.kind:
        raise ModelError(
            "{name} is a {kind}, where a {wanted} is needed.", name=file.path, kind=file.kind, wanted=spec.kind
        )
    data = _verified(file)
    runtime = _runtime()
    cpu = _session(data, file, CPU)
    metadata = _checked_metadata(cpu, file, spec)
    _check_interface(cpu, file, spec)
    session, why = cpu, "as was asked for"
    if provider == "cuda" or (provider == "auto" and CUDA in runtime.get_available_providers()):
        session, why = _on_cuda(data, file, spec, cpu, asked=provider == "cuda")
    elif provider == "auto":
        why = "the installed ONNX Runtime has no CUDA"
    _try_run(session, file, spec)  # the first run is slow, and no frame's to wait for
    on = "cuda" if CUDA in session.get_providers() else "cpu"
    logger.info("%s %s runs on %s: %s", metadata["name"], metadata["version"], on, why)
    return Network(spec, metadata["name"], metadata["version"], on, session, hashlib.sha256(data).hexdigest())


def states_of(network: Network) -> dict[str, npt.NDArray[np.float32]]:
    """The initial states: zeros, by the name of their input."""
    return _states(network.session, network.spec)


def _states(session: InferenceSession, spec: NetworkSpec) -> dict[str, npt.NDArray[np.float32]]:
    return {i.name: np.zeros(i.shape, np.float32) for i in session.get_inputs() if i.name not in spec.all_inputs}


def _verified(file: NetworkFile) -> bytes:
    try:
        if file.path.stat().st_size > MAX_BYTES:
            raise ModelError(
                "{name} is larger than any network of livefollow ({size} MiB).",
                name=file.path,
                size=MAX_BYTES >> 20,
            )
        data = file.path.read_bytes()
    except OSError as error:
        raise ModelError(
            "The network {name} cannot be read: {reason}.", name=file.path, reason=error.strerror or error
        ) from error
    if file.sha256 and hashlib.sha256(data).hexdigest() != file.sha256.lower():
        raise ModelError(
            "{name} is not the network that came with livefollow (its SHA-256 differs): install livefollow again, "
            "or name the folder with --models to use it all the same.",
            in_window="{name} is not the network that came with livefollow: install livefollow again.",
            name=file.path,
        )
    return data


def _runtime() -> Any:
    try:
        import onnxruntime  # noqa: PLC0415  # only who follows pays for it
    except ImportError as error:
        raise ModelError(
            "ONNX Runtime, which runs the networks, is not installed: pip install 'livefollow[cpu]', or "
            "'livefollow[gpu]' with an NVIDIA GPU.",
            in_window="ONNX Runtime, which runs the networks, is not installed: install livefollow anew.",
        ) from error
    if not hasattr(onnxruntime, "InferenceSession"):
        raise ModelError(
            "ONNX Runtime is broken, as it is where onnxruntime and onnxruntime-gpu were both installed: pip uninstall "
            "both, then pip install 'livefollow[cpu]' or 'livefollow[gpu]'.",
            in_window="ONNX Runtime, which runs the networks, is broken: install livefollow anew.",
        )
    return onnxruntime


def _session(data: bytes, file: NetworkFile, provider: str) -> InferenceSession:
    runtime = _runtime()
    options = runtime.SessionOptions()
    options.execution_mode = runtime.ExecutionMode.ORT_SEQUENTIAL
    # Two threads that spin burn a whole core at 20 frames a second; a frame is too small for more than one.
    options.intra_op_num_threads = min(2, os.cpu_count() or 1) if file.kind == "reader" else 1
    options.inter_op_num_threads = 1
    # Kept for the next run, what the widest system needed would be kept for as long as the score is open.
    options.enable_cpu_mem_arena = file.kind != "reader"
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.log_severity_level = 3
    chosen: list[Any] = [provider]
    if provider == CUDA:
        # Systems have any width, and an exhaustive search would run for each.
        chosen = [(CUDA, {"cudnn_conv_algo_search": "HEURISTIC"}), CPU]
    try:
        return runtime.InferenceSession(data, options, providers=chosen)
    except Exception as error:  # ONNX Runtime has a dozen exceptions without a common base
        raise ModelError(
            "{name} is no network that can be run: {reason}.", name=file.path, reason=_first_line(error)
        ) from error


def _on_cuda(
    data: bytes, file: NetworkFile, spec: NetworkSpec, cpu: InferenceSession, *, asked: bool
) -> tuple[InferenceSession, str]:
    """The session to use where CUDA may be available, and why."""
    runtime = _runtime()
    reason = "the installed ONNX Runtime has no CUDA: pip install 'livefollow[gpu]' in the place of 'livefollow[cpu]'"
    if CUDA in runtime.get_available_providers():
        _preload_cuda()
        try:
            cuda = _session(data, file, CUDA)
            if CUDA in cuda.get_providers():
                _try_run(cuda, file, spec)  # that it was loaded does not say that it has the memory and the kernels
                if asked:
                    return cuda, "as was asked for"
                on_cpu, on_cuda = (_seconds_of_a_run(s, file, spec) for s in (cpu, cuda))
                figures = f"a run takes {on_cuda * 1e3:.2f} ms on CUDA and {on_cpu * 1e3:.2f} ms on the CPU"
                return (cuda if on_cuda < on_cpu else cpu), figures
            reason = "no GPU answers, or CUDA's libraries are missing"
        except ModelError as error:
            reason = str(error).rstrip(".")
    if asked:
        raise DeviceError(
            "CUDA cannot be used: {reason}; --provider auto takes the CPU.",
            in_window="CUDA cannot be used: {reason}; start livefollow without asking for it.",
            reason=reason,
        )
    _warn_once(reason)
    return cpu, reason


@cache
def _preload_cuda() -> None:
    """Load CUDA and cuDNN from Python packages, where the system has none."""
    runtime = _runtime()
    runtime.set_default_logger_severity(4)  # its own messages are long; ours is a sentence
    if hasattr(runtime, "preload_dlls"):
        said = io.StringIO()  # it prints to standard output, which is for `track`'s line of JSON
        with contextlib.redirect_stdout(said):
            runtime.preload_dlls()
        logger.info("%s", said.getvalue().strip() or "CUDA's libraries are loaded")


@cache
def _warn_once(reason: str) -> None:
    logger.warning("CUDA cannot be used: %s; the CPU is used instead.", reason)


def _checked_metadata(session: InferenceSession, file: NetworkFile, spec: NetworkSpec) -> dict[str, str]:
    metadata: dict[str, str] = session.get_modelmeta().custom_metadata_map
    missing = [key for key in METADATA if key not in metadata]
    if missing:
        raise ModelError(
            "{name} does not say its {missing}: it was not exported by livefollow.",
            name=file.path,
            missing=", ".join(missing),
        )
    if metadata["kind"] != file.kind:
        raise ModelError(
            "{name} is a {other}, where a {kind} is needed.", name=file.path, other=metadata["kind"], kind=file.kind
        )
    try:
        trained = json.loads(metadata["constants"])
    except ValueError as error:
        raise ModelError(
            "{name} does not say its constants as JSON: it was not exported by livefollow.", name=file.path
        ) from error
    here = spec.constants_of([i.name for i in session.get_inputs()])
    if not isinstance(trained, dict):
        trained = {}
    other = [k for k in {**here, **trained} if trained.get(k) != here.get(k)]
    if other:
        told = ", ".join(f"{k} {_short(trained.get(k))} instead of {_short(here.get(k))}" for k in other[:MOST_TOLD])
        told = told + (", …" if other[MOST_TOLD:] else "") if trained else "none at all"
        raise ModelError("{name} was made for other numbers than this livefollow's: {told}.", name=file.path, told=told)
    return metadata


def _short(value: object) -> str:
    """A value as a sentence can hold it."""
    text = str(value)
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"


def _check_interface(session: InferenceSession, file: NetworkFile, spec: NetworkSpec) -> None:
    """Check that inputs and outputs are those of the kind, and that each state has a fixed shape and an output."""
    inputs = {i.name: i.shape for i in session.get_inputs()}
    outputs = {o.name for o in session.get_outputs()}
    states = inputs.keys() - spec.all_inputs.keys()
    needed = spec.outputs.keys() | {f"{state}{NEXT}" for state in states}
    loose = [name for name in states if not all(isinstance(side, int) for side in inputs[name])]
    stray = states if not spec.streaming else set()
    if not spec.inputs.keys() <= inputs.keys() or not needed <= outputs or loose or stray:
        raise ModelError(
            "{name} does not have the inputs and outputs of a {kind}: it takes {inputs} and gives {outputs}.",
            name=file.path,
            kind=file.kind,
            inputs=", ".join(sorted(inputs)),
            outputs=", ".join(sorted(outputs)),
        )
    for name, shape in spec.all_inputs.items():
        if name in inputs and not _fits(inputs[name], shape):
            sides = " × ".join(str(side) if isinstance(side, int) else "any" for side in shape)
            given = " × ".join(str(side) for side in inputs[name])
            raise ModelError(
                "{name} takes {input} of {given}, where a {kind} takes {sides}.",
                name=file.path,
                input=name,
                given=given,
                kind=file.kind,
                sides=sides,
            )


def _fits(given: Sequence[int | str | None], shape: Sequence[Side]) -> bool:
    """Whether an input, whose varying sides have names or nothing, takes arrays of a shape."""
    fixed = [side if isinstance(side, int) else None for side in given]
    return len(given) == len(shape) and all(a in (None, b) for a, b in zip(fixed, shape, strict=True))


def _try_run(session: InferenceSession, file: NetworkFile, spec: NetworkSpec) -> None:
    """Run once with inputs of the usual size.

    Raises:
        ModelError: it fails, whatever ONNX Runtime says.
    """
    try:
        taken = {i.name for i in session.get_inputs()}
        example = {name: value for name, value in spec.example().items() if name in taken}
        session.run(None, example | _states(session, spec))
    except Exception as error:  # as where sessions are made
        raise ModelError("{name} cannot be run: {reason}.", name=file.path, reason=_first_line(error)) from error


def _seconds_of_a_run(session: InferenceSession, file: NetworkFile, spec: NetworkSpec) -> float:
    """Median seconds of a run, once the session is warm.

    Raises:
        ModelError: a run fails.
    """
    seconds = []
    for _ in range(WARM_UP + TIMED):
        start = time.perf_counter()
        _try_run(session, file, spec)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[WARM_UP:])


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
