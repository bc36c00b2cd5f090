"""Fixtures shared by all tests: where the tests' own data lies, and the corpus where there is one."""

import os
from pathlib import Path

import pytest

import livefollow  # noqa: F401  # before any test imports ONNX Runtime: switches its telemetry off

pytest_plugins = ["tests.cases", "tests.optional"]
DATA = Path(__file__).parent / "data"


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
