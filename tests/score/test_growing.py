"""Arrays that grow are what `numpy.concatenate` makes of their parts, and earlier ones stay as they were."""

from __future__ import annotations

import numpy as np
import pytest

from livefollow.score.growing import Growing


@pytest.mark.parametrize("axis", [0, 1])
def test_it_is_the_concatenation_of_its_parts(axis: int) -> None:
    rng = np.random.default_rng(1)
    parts = [rng.random((n, 3) if axis == 0 else (3, n)).astype(np.float32) for n in (4, 0, 1, 50, 7)]
    growing = [Growing(parts[0][:0] if axis == 0 else parts[0][:, :0], axis)]
    for part in parts:
        growing.append(growing[-1].extended(part))
    for count, grown in enumerate(growing[1:], 1):
        assert np.array_equal(grown.now, np.concatenate(parts[:count], axis))
        assert grown.now.dtype == np.float32


def test_two_that_grow_from_the_same_do_not_see_each_other() -> None:
    beginning = Growing(np.empty(0)).extended(np.arange(3.0))
    first, second = beginning.extended(np.full(2, 7.0)), beginning.extended(np.full(1, 9.0))
    assert first.now.tolist() == [0, 1, 2, 7, 7]
    assert second.now.tolist() == [0, 1, 2, 9]
    assert beginning.now.tolist() == [0, 1, 2]
    assert first.extended(np.zeros(1)).now.tolist() == [0, 1, 2, 7, 7, 0]
