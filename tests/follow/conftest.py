"""Networks for the tests of following."""

from pathlib import Path

import pytest

from tests.tiny_networks import write_models


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny reader, a tiny listener and their manifest; not to be written to."""
    return write_models(tmp_path_factory.mktemp("models"))
