"""What the networks say of cases is kept."""

import pytest

from livefollow.train.localizer.heard import kept


@pytest.mark.parametrize("spoilt", [b"", b"cgone.module\nGone\n.", b"junk"])
def test_what_was_made_is_kept_and_made_anew_where_it_cannot_be_read(tmp_path, spoilt):
    network, score, cache = tmp_path / "network", tmp_path / "score", tmp_path / "cache"
    network.write_bytes(b"network")
    score.write_bytes(b"score")
    made = []

    def make(*files):
        made.append(files)
        return len(made)

    assert [kept(cache, make, network, score) for _ in range(2)] == [1, 1]
    next(cache.iterdir()).write_bytes(spoilt)
    assert [kept(cache, make, network, score) for _ in range(2)] == [2, 2]
    score.write_bytes(b"another score")
    assert kept(cache, make, network, score) == 3
