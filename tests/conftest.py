"""Fixtures shared by all tests: where the tests' own data lies, and the corpus where there is one."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

if "PYTEST_XDIST_WORKER" in os.environ:  # one of several processes: libraries shall not start a thread per core in each
    os.environ.setdefault("OMP_NUM_THREADS", "1")

import hypothesis
import pytest

import livefollow  # noqa: F401  # before any test imports ONNX Runtime: switches its telemetry off

pytest_plugins = ["tests.cases", "tests.kinds", "tests.optional"]
DATA = Path(__file__).parent / "data"

# How long an example takes says nothing where other tests run at the same time.
hypothesis.settings.register_profile("tests", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("tests")


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, object, object]:
    """Let reports come over from another process although a file's name in them is no Unicode (xdist refuses it)."""
    return _encodable((yield))


def _encodable(told: object) -> object:
    if isinstance(told, str):
        return told.encode(errors="backslashreplace").decode()
    if isinstance(told, dict):
        return {_encodable(key): _encodable(value) for key, value in told.items()}
    return type(told)(map(_encodable, told)) if isinstance(told, list | tuple) else told


@pytest.fixture(scope="session", autouse=True)
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, data and logs of nobody's: not the user's, and not those of tests in another process."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        yield


@pytest.fixture(scope="session")
def data() -> Path:
    """Small scores and sounds of our own."""
    return DATA


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny reader, a tiny listener and their manifest; not to be written to."""
    from tests.tiny_networks import write_models  # only who follows needs them

    return write_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The training corpus (LIVEFOLLOW_CORPUS, else `../shared/corpus`); tests that need it skip without it."""
    path = Path(os.environ.get("LIVEFOLLOW_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
    if not path.is_dir():
        pytest.skip("no corpus: set LIVEFOLLOW_CORPUS to a folder with the corpus")
    return path
