"""Networks are loaded when they are what they say, and refused with a sentence when not."""

import hashlib
import json
import logging
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnx
import onnxruntime
import pytest
from onnxruntime.capi.onnxruntime_pybind11_state import RuntimeException

from livefollow import constants
from livefollow.cli.main import main
from livefollow.errors import DeviceError, ModelError
from livefollow.follow.policy.observation import POLICY
from livefollow.networks import runtime
from livefollow.networks.listener import LISTENER, Listener
from livefollow.networks.manifest import NetworkFile, Provider, load_manifest, models_folder
from livefollow.networks.reader import READER, Reader
from livefollow.networks.runtime import CPU, CUDA, Network, load_network, states_of
from livefollow.networks.specs import NetworkSpec
from tests import tiny_networks

pytestmark = pytest.mark.filterwarnings("ignore:Specified provider")  # ONNX Runtime's, of a CUDA that is not there


SPECS = {spec.kind: spec for spec in (READER, LISTENER, POLICY)}


def load(file: NetworkFile, provider: Provider = "auto", spec: NetworkSpec | None = None) -> Network:
    """The network of a file that is of the kind that it is said to be."""
    return load_network(file, spec or SPECS[file.kind], provider)


def refused(file: NetworkFile, **options: str) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(ModelError) as caught:
        load(file, **options)
    assert caught.value.exit_code == 5
    return str(caught.value)


def saved(path: Path, model: onnx.ModelProto, kind: str) -> NetworkFile:
    onnx.save(model, path)
    return NetworkFile(path, kind)


def test_a_network_says_who_it_is_and_what_it_runs_on(models: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        network = load(load_manifest(models).network("listener"), "cpu")
    assert (network.name, network.kind, network.version, network.provider) == ("tiny-listener", "listener", "0", "cpu")
    assert "tiny-listener 0 runs on cpu" in caplog.text
    assert {name: state.shape for name, state in states_of(network).items()} == {"before": (1, 1, 78)}


def test_idle_threads_do_not_spin(models: Path) -> None:
    options = load(load_manifest(models).network("reader"), "cpu").session.get_session_options()
    for threads in ("intra", "inter"):
        assert options.get_session_config_entry(f"session.{threads}_op.allow_spinning") == "0"
    assert options.execution_mode == onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    assert options.intra_op_num_threads <= 2


def test_what_comes_with_livefollow_must_be_what_came_with_it(models: Path) -> None:
    right = hashlib.sha256((models / "reader.onnx").read_bytes()).hexdigest()
    assert load(NetworkFile(models / "reader.onnx", "reader", right), "cpu").name == "tiny-reader"
    said = refused(NetworkFile(models / "reader.onnx", "reader", "0" * 64))
    assert "SHA-256" in said
    assert "--models" in said


def test_a_network_for_other_numbers(tmp_path: Path) -> None:
    other = {**READER.constants, "COLUMN": 8}
    model = tiny_networks.with_metadata(tiny_networks.reader(), constants=json.dumps(other))
    said = refused(saved(tmp_path / "reader.onnx", model, "reader"))
    assert f"COLUMN 8 instead of {constants.COLUMN}" in said


@pytest.mark.parametrize(
    "told", ["{}", "[]", "[1]", "null", "1", "not JSON", json.dumps({**READER.constants, "NEW": 1})]
)
def test_constants_that_are_not_ours(tmp_path: Path, told: str) -> None:
    model = tiny_networks.with_metadata(tiny_networks.reader(), constants=told)
    refused(saved(tmp_path / "reader.onnx", model, "reader"))


def with_constants(path: Path, told: dict[str, object]) -> NetworkFile:
    """The policy that comes with livefollow, saying other constants."""
    policy = onnx.load(models_folder() / "policy.onnx")
    return saved(path, tiny_networks.with_metadata(policy, constants=json.dumps(told)), "policy")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("SPEED", 4.0),
        ("FASTEST", 8),
        ("PACE_FRAMES", 4),
        ("SCALES", [192.0, 16.0, 8.0, 2.0]),
        ("SCALARS", ["speed"]),
        ("ACTIONS", [-1, 0, 1]),
        ("SIZE", 9),
        ("LEAST", 0.1),
        ("MOST", 9.0),
        ("BREAK_PX", [8.0, 10.0]),
    ],
)
def test_a_policy_for_other_numbers(name: str, other: object, tmp_path: Path) -> None:
    here = POLICY.constants
    told = {**here, name: other}
    said = refused(with_constants(tmp_path / "policy.onnx", told))
    assert f"{name} {other} instead of {str(here[name])[:32]}" in said


def test_a_policy_that_leaves_a_number_out(tmp_path: Path) -> None:
    told = dict(POLICY.constants)
    assert load(with_constants(tmp_path / "new.onnx", told), "cpu").kind == "policy"
    del told["SPACING"]
    assert "SPACING None instead of 1.0" in refused(with_constants(tmp_path / "none.onnx", told))


@pytest.mark.parametrize("shape", [[1, 2, 64, "w"], [1, 2, constants.BAND_HEIGHT, 64], [2, constants.BAND_HEIGHT, "w"]])
def test_inputs_of_another_shape(shape: list[int | str], tmp_path: Path) -> None:
    value = onnx.helper.make_tensor_value_info
    floats = onnx.TensorProto.FLOAT
    names = ["onset", "pitches", "beats", "marks"]
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Identity", ["bands"], [name]) for name in names],
        "reader",
        [value("bands", floats, shape)],
        [value(name, floats, shape) for name in names],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=10)
    told = {entry.key: entry.value for entry in tiny_networks.reader().metadata_props}
    said = refused(saved(tmp_path / "a.onnx", tiny_networks.with_metadata(model, **told), "reader"))
    given = " × ".join(str(side) for side in shape)
    assert f"takes bands of {given}, where a reader takes 1 × 2 × {constants.BAND_HEIGHT} × any" in said


def test_the_wrong_kind(models: Path) -> None:
    assert "is a reader, where a listener is needed" in refused(NetworkFile(models / "reader.onnx", "listener"))


def test_a_file_that_the_manifest_calls_something_else(models: Path) -> None:
    for kind in ("listener", "oracle"):
        file = NetworkFile(models / "reader.onnx", kind)
        with pytest.raises(ModelError, match=f"is a {kind}, where a reader is needed"):
            load(file, spec=READER)


def test_an_input_more_is_known_from_its_spec(tmp_path: Path) -> None:
    """Loader and test double need no word of it: a file that has it is run, one of before is refused."""
    more = replace(READER, inputs={**READER.inputs, "clefs": (1, "width", 3)})
    network = load(saved(tmp_path / "new.onnx", tiny_networks.reader(more), "reader"), "cpu", more)
    out = network.run(more.example())
    assert more.example()["clefs"].shape == (1, READER.sizes["width"][0], 3)
    assert out.keys() == READER.outputs.keys()
    with pytest.raises(ModelError, match="inputs and outputs of a reader"):
        load(saved(tmp_path / "old.onnx", tiny_networks.reader(), "reader"), "cpu", more)


def test_a_file_that_says_nothing_of_itself(tmp_path: Path) -> None:
    model = tiny_networks.with_metadata(tiny_networks.listener(), licence=None, constants=None)
    assert "its constants, licence" in refused(saved(tmp_path / "a.onnx", model, "listener"))


def test_another_networks_interface_under_our_name(tmp_path: Path) -> None:
    model = tiny_networks.with_metadata(tiny_networks.listener(), kind="reader", constants=json.dumps(READER.constants))
    assert "inputs and outputs of a reader" in refused(saved(tmp_path / "a.onnx", model, "reader"))


def test_what_is_no_network(tmp_path: Path) -> None:
    (tmp_path / "a.onnx").write_bytes(b"not a network")
    assert "no network that can be run" in refused(NetworkFile(tmp_path / "a.onnx", "reader"))
    assert "cannot be read" in refused(NetworkFile(tmp_path / "none.onnx", "reader"))
    with (tmp_path / "huge.onnx").open("wb") as file:
        file.truncate(2**30)
    assert "larger than any network" in refused(NetworkFile(tmp_path / "huge.onnx", "reader"))


def test_cuda_where_there_is_none_is_a_clear_error(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = NetworkFile(models / "listener.onnx", "listener")
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CPU])
    with pytest.raises(DeviceError, match=r"livefollow\[gpu\]") as caught:
        load(file, "cuda")
    assert caught.value.exit_code == 3


def test_a_runtime_with_cuda_but_no_gpu(
    models: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = NetworkFile(models / "listener.onnx", "listener")
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    runtime._warn_once.cache_clear()
    if CUDA in onnxruntime.InferenceSession(file.path, providers=[CUDA, CPU]).get_providers():
        pytest.skip("there is a GPU")
    assert load(file, "auto").provider == "cpu"
    assert "CUDA cannot be used" in caplog.text
    with pytest.raises(DeviceError, match="--provider auto"):
        load(file, "cuda")


class OnCuda:
    """A session that says it is on CUDA, and takes its time or not."""

    def __init__(self, session: onnxruntime.InferenceSession, seconds: float) -> None:
        self._session, self._seconds = session, seconds

    def get_providers(self) -> list[str]:
        return [CUDA, CPU]

    def run(self, *args: object) -> object:
        time.sleep(self._seconds)
        return self._session.run(*args)

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)


@pytest.mark.parametrize(
    ("seconds", "asked", "taken"), [(0.0, "cuda", "cuda"), (0.05, "cuda", "cuda"), (0.05, "auto", "cpu")]
)
def test_cuda_is_taken_when_asked_for_and_else_where_it_is_faster(
    seconds: float,
    asked: str,
    taken: str,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    plain = runtime._session

    def session(data: bytes, file: NetworkFile, provider: str) -> object:
        own = plain(data, file, CPU)
        return OnCuda(own, seconds) if provider == CUDA else own

    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    monkeypatch.setattr(runtime, "_preload_cuda", lambda: None)
    monkeypatch.setattr(runtime, "_session", session)
    with caplog.at_level(logging.INFO):
        network = load(NetworkFile(models / "listener.onnx", "listener"), asked)
    assert network.provider == taken
    assert f"runs on {taken}" in caplog.text
    assert ("ms on CUDA" in caplog.text) == (asked == "auto")


def test_cuda_that_breaks_on_a_network_is_left_for_the_cpu(
    models: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = runtime._session

    def session(data: bytes, file: NetworkFile, provider: str) -> object:
        if provider == CUDA:
            raise ModelError("CUDA failure 35: the driver is older than the runtime.")
        return plain(data, file, provider)

    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    monkeypatch.setattr(runtime, "_preload_cuda", lambda: None)
    monkeypatch.setattr(runtime, "_session", session)
    runtime._warn_once.cache_clear()
    file = NetworkFile(models / "listener.onnx", "listener")
    assert load(file, "auto").provider == "cpu"
    assert "CUDA cannot be used: CUDA failure 35" in caplog.text
    with pytest.raises(DeviceError, match="older than the runtime; --provider auto"):
        load(file, "cuda")


@pytest.mark.parametrize("fine", [0, 1, 4])
def test_cuda_that_loads_but_cannot_run_is_left_for_the_cpu(
    fine: int, models: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plain = runtime._session

    class OutOfMemory(OnCuda):
        """A session that runs a number of times, then has ONNX Runtime's own exception."""

        runs = 0

        def run(self, *args: object) -> object:
            self.runs += 1
            if self.runs > fine:
                raise RuntimeException("CUDA failure 2: out of memory\nand where")
            return super().run(*args)

    def session(data: bytes, file: NetworkFile, provider: str) -> object:
        own = plain(data, file, CPU)
        return OutOfMemory(own, 0.0) if provider == CUDA else own

    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, CPU])
    monkeypatch.setattr(runtime, "_preload_cuda", lambda: None)
    monkeypatch.setattr(runtime, "_session", session)
    runtime._warn_once.cache_clear()
    file = NetworkFile(models / "listener.onnx", "listener")
    with caplog.at_level(logging.INFO):
        assert load(file, "auto").provider == "cpu"
    assert "listener.onnx cannot be run: CUDA failure 2: out of memory; the CPU is used instead" in caplog.text
    if fine == 0:
        with pytest.raises(DeviceError, match="out of memory; --provider auto") as caught:
            load(file, "cuda")
        assert caught.value.exit_code == 3


def test_the_command_line_says_that_there_is_no_cuda(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CPU])
    demo = Path(__file__).parents[2] / "assets" / "demo"
    asked = ["track", "--score", str(demo / "score.pdf"), "--audio", str(demo / "performance.ogg")]
    options = ["--csv", str(tmp_path / "t.csv"), "--models", str(models), "--provider", "cuda"]
    assert main([*asked, *options]) == 3
    assert "livefollow[gpu]" in capsys.readouterr().err
    assert not (tmp_path / "t.csv").exists()


def test_without_onnx_runtime_the_sentence_says_what_to_install(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert "pip install 'livefollow[cpu]'" in refused(NetworkFile(models / "reader.onnx", "reader"))
    monkeypatch.setitem(sys.modules, "onnxruntime", SimpleNamespace())
    assert "pip uninstall both" in refused(NetworkFile(models / "reader.onnx", "reader"))


def test_the_manifest_of_a_folder_of_ones_own_is_taken_without_checksums(models: Path, tmp_path: Path) -> None:
    manifest = load_manifest(models)
    assert manifest.default == "tiny"
    assert manifest.agent(None) == ("tiny", {"kind": "localizer", "reader": "reader", "listener": "listener"})
    assert manifest.network("reader") == NetworkFile(models / "reader.onnx", "reader")


def test_a_file_of_ones_own_takes_the_place_of_its_namesake(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livefollow.networks.manifest.models_folder", lambda: models)
    own = tmp_path / "reader.onnx"
    own.write_bytes(b"")
    for named in (own, tmp_path):
        manifest = load_manifest(named)
        assert manifest.network("reader") == NetworkFile(own, "reader")
        assert manifest.network("listener").path == models / "listener.onnx"
        assert len(manifest.network("listener").sha256) == 64
    own.rename(tmp_path / "stranger.onnx")
    with pytest.raises(ModelError, match="called after the network it replaces: reader, listener"):
        load_manifest(tmp_path)


def test_the_manifest_of_a_folder_of_ones_own_is_laid_over_the_shipped_one(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livefollow.networks.manifest.models_folder", lambda: models)
    own = {"networks": {"reader": {"file": "mine.onnx", "kind": "reader", "sha256": "0"}}, "agents": {}}
    mine = own | {"agents": {"mine": {"kind": "localizer"}}, "default": "mine"}
    for content, default in ((own, "tiny"), (mine, "mine")):
        (tmp_path / "manifest.json").write_text(json.dumps(content))
        manifest = load_manifest(tmp_path)
        assert manifest.network("reader") == NetworkFile(tmp_path / "mine.onnx", "reader")
        assert manifest.network("listener").path == models / "listener.onnx"
        assert len(manifest.network("listener").sha256) == 64
        assert manifest.default == default
        assert set(manifest.agents) == {"tiny", *content["agents"]}


def test_a_manifest_that_makes_no_sense(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="neither a manifest"):
        load_manifest(tmp_path)
    for text in ("", "[]", "{}", '{"networks": {"a": 1}, "agents": {}, "default": ""}'):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(ModelError, match="no list of networks and agents"):
            load_manifest(tmp_path)
    with pytest.raises(ModelError, match="no file or folder"):
        load_manifest(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="no agent beethoven"):
        load_manifest(tiny_networks.write_models(tmp_path)).agent("beethoven")


def test_the_networks_lie_beside_the_package_in_a_checkout() -> None:
    assert models_folder() == Path(__file__).parents[2] / "models"


def test_importing_the_loader_does_not_load_the_runtime() -> None:
    code = "import sys, livefollow.networks.runtime; print('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_listener_is_the_same_in_one_run_and_frame_by_frame(models: Path) -> None:
    network = load(load_manifest(models).network("listener"), "cpu")
    frames = np.abs(np.random.default_rng(0).normal(0, 0.5, (50, 78))).astype(np.float32)
    whole = Listener(network).push(frames)
    listener = Listener(network)
    parts = [listener.push(frames[a:b]) for a, b in ((0, 1), (1, 1), (1, 20), (20, 50))]
    for name in ("onsets", "sounding", "loudness"):
        joined = np.concatenate([getattr(part, name) for part in parts])
        np.testing.assert_allclose(joined, getattr(whole, name), atol=1e-5)
    listener.forget()
    np.testing.assert_allclose(listener.push(frames).onsets, whole.onsets, atol=1e-5)


def test_a_reader_sees_the_events_of_its_own_system_only(models: Path, data: Path) -> None:
    from livefollow.score.score import Score

    reader = Reader(load(load_manifest(models).network("reader"), "cpu"))
    with Score(data / "piano.pdf", data=data) as score:
        list(score.read())
    for index, place in enumerate(score.strip.placements):
        reading = reader.read(score.strip, index)
        assert len(reading) > 0
        assert np.all((reading.x > place.x0) & (reading.x < place.x1))
        assert set(reading.system.tolist()) == {index}
