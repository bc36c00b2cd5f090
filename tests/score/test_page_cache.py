"""What was read of pages is kept, and found again exactly; what is damaged, foreign or out of date counts as absent."""

import hashlib
import json
import os
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from livefollow.follow.agent import open_agent
from livefollow.score.found_page import FoundPage
from livefollow.score.hands import DuetPart
from livefollow.score.page_cache import LENGTH, MAGIC, KnownPage, PageCache
from livefollow.score.score import Score
from tests.broken import flip_bits
from tests.cases import DEMO

KEY, HASH = "key", "0" * 64
SCORE = DEMO / "score.pdf"


class Reads:
    """How often pages are looked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pages: list[int] = []
        before = Score.detect

        def detect(score: Score, number: int) -> object:
            self.pages.append(number)
            return before(score, number)

        monkeypatch.setattr(Score, "detect", detect)

    def taken(self) -> list[int]:
        pages, self.pages = sorted(self.pages), []
        return pages


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


def seen(models: Path, folder: Path, cache: PageCache | None, *, corrected: int = 0) -> Iterator[object]:
    """All that a score was read as."""
    with Score(SCORE, data=folder, cache=cache) as score:
        agent = open_agent(None, models, "cpu")
        yield list(agent.read(score))[-1]
        reading = agent.reading
        yield from (reading.x, reading.pitches, reading.beats, reading.presence, reading.system, reading.marks)
        yield [(place.x0, place.width, place.scale, place.number) for place in score.strip.placements]
        yield score.strip.bands
        for systems in score.systems.values():
            for system in systems:
                yield (system.piano, system.tilt, system.skip)
                yield from (values for staff in system.staves for values in (staff.x, staff.centre, staff.space))
        yield (score.numbers, score.doubts, score.four_hands.likely, score.remarks, reading.end)


def key_of(whole: bytes) -> str:
    start = len(MAGIC) + 32
    length = int.from_bytes(whole[start : start + LENGTH], "little")
    return str(json.loads(whole[start + LENGTH : start + LENGTH + length])["key"])


def assert_same(a: Iterator[object], b: Iterator[object]) -> None:
    for one, other in zip(a, b, strict=True):
        if isinstance(one, np.ndarray):
            np.testing.assert_array_equal(one, other)
        else:
            assert one == other


def test_a_score_that_was_read_before_is_not_read_again_and_is_the_same(
    models: Path, tmp_path: Path, reads: Reads
) -> None:
    cache = PageCache(tmp_path / "cache")
    before = list(seen(models, tmp_path, cache))
    assert reads.taken() == [1, 2, 3]
    assert_same(iter(before), seen(models, tmp_path, cache))
    assert reads.taken() == []
    assert_same(iter(before), seen(models, tmp_path, None))
    assert reads.taken() == [1, 2, 3]


def test_pages_on_two_threads_are_those_read_one_after_the_other(data: Path, models: Path, tmp_path: Path) -> None:
    with Score(SCORE, data=tmp_path) as score, Score(SCORE, data=tmp_path) as other:
        list(open_agent(None, models, "cpu").read(score))
        list(other.read())
        np.testing.assert_array_equal(score.strip.bands, other.strip.bands)
        assert score.numbers == other.numbers
        with pytest.raises(LookupError, match="without the strip image"):
            _ = score.strip.image


def test_corrections_still_apply_and_only_their_page_is_read(models: Path, tmp_path: Path, reads: Reads) -> None:
    cache = PageCache(tmp_path / "cache")
    list(seen(models, tmp_path, cache))
    with Score(SCORE, data=tmp_path) as score:
        score.corrections.skip(2, score.detect(2)[1], 0)
    reads.taken()
    corrected = list(seen(models, tmp_path, cache))
    assert reads.taken() == [2]
    assert_same(iter(corrected), seen(models, tmp_path, None))
    reads.taken()
    assert_same(iter(corrected), seen(models, tmp_path, cache))
    assert reads.taken() == []
    with Score(SCORE, data=tmp_path) as score:
        score.corrections.play(DuetPart.LEFT)
    list(seen(models, tmp_path, cache))
    assert reads.taken() == [1, 2, 3]


def test_what_another_network_read_is_not_taken(
    models: Path, tmp_path: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = PageCache(tmp_path / "cache")
    list(seen(models, tmp_path, cache))
    reads.taken()
    monkeypatch.setattr("livefollow.follow.score_reader.__version__", "another")
    list(seen(models, tmp_path, cache))
    assert reads.taken() == [1, 2, 3]
    [file] = (tmp_path / "cache").iterdir()
    with Score(SCORE, data=tmp_path) as score:
        assert file.name == f"{score.document.content_hash}.pages"


def test_a_damaged_or_foreign_file_counts_as_absent(models: Path, tmp_path: Path, reads: Reads) -> None:
    cache = PageCache(tmp_path / "cache")
    before = list(seen(models, tmp_path, cache))
    reads.taken()
    [file] = (tmp_path / "cache").iterdir()
    whole = file.read_bytes()
    start = len(MAGIC) + 32

    def sealed(body: bytes) -> bytes:
        return MAGIC + hashlib.sha256(body).digest() + body

    rng = random.Random(0)
    wrong = [whole[:-1], whole[:start], b"", b"PK\x03\x04 something else", flip_bits(whole, rng)]
    # Sealed by whoever made them: what they say is looked at, too.
    body = whole[start:]
    wrong += [sealed(body[:-1000]), sealed(body.replace(b'"width": ', b'"width":-')), sealed(b"\xff" * LENGTH + body)]
    wrong += [sealed(body.replace(b'"events": ', b'"events": 9')), sealed(b"\x02" + b"\0" * (LENGTH - 1) + b"[]")]
    assert len(cache.load(file.stem, key_of(whole))) == 3
    for content in wrong:
        assert content != whole
        file.write_bytes(content)
        assert cache.load(file.stem, key_of(whole)) == {}
    reads.taken()
    assert_same(iter(before), seen(models, tmp_path, cache))
    assert reads.taken() == [1, 2, 3]


@pytest.mark.parametrize("seed", range(40))
def test_no_mutant_of_a_sealed_file_is_an_error(models: Path, tmp_path: Path, seed: int) -> None:
    """A program that writes such a file may write anything: it is read, or it is not."""
    path = kept(models)
    rng = random.Random(seed)
    start = len(MAGIC) + 32
    body = bytearray(path.read_bytes()[start:])
    length = int.from_bytes(body[:LENGTH], "little")
    for _ in range(3):
        at = rng.randrange(LENGTH, LENGTH + length) if rng.random() < 0.7 else rng.randrange(LENGTH + length, len(body))
        body[at] = rng.choice(b'0123456789-e.[]"') if at < LENGTH + length else rng.randrange(256)
    mutant = tmp_path / f"{HASH}.pages"
    mutant.write_bytes(MAGIC + hashlib.sha256(body).digest() + body)
    for page in PageCache(tmp_path).load(HASH, key_of(path.read_bytes())).values():
        for cut, reading in zip(page.found.cuts, page.readings, strict=True):
            assert cut.bands.shape[2] == cut.place.width
            assert np.all(np.isfinite(reading.x))


_kept: dict[Path, Path] = {}


def kept(models: Path) -> Path:
    """A file of the demo, made once."""
    if models not in _kept:
        folder = models.parent / "kept pages"
        with Score(SCORE, data=folder, cache=PageCache(folder)) as score:
            list(open_agent(None, models, "cpu").read(score))
        [_kept[models]] = folder.glob("*.pages")
    return _kept[models]


def test_the_files_used_longest_ago_go_first(tmp_path: Path) -> None:
    cache = PageCache(tmp_path, most_bytes=1000)
    for age, name in enumerate("cba"):
        (tmp_path / f"{name}.pages").write_bytes(bytes(400))
        os.utime(tmp_path / f"{name}.pages", (1000 + age, 1000 + age))
    (tmp_path / "mine.txt").write_text("not ours")
    cache.save(HASH, KEY, [])
    assert {path.name for path in tmp_path.iterdir()} == {"a.pages", "b.pages", f"{HASH}.pages", "mine.txt"}
    assert cache.size < 1000
    assert cache.load(HASH, KEY) == {}
    assert cache.clear() > 800
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_several_windows_use_one_folder(tmp_path: Path) -> None:
    found = FoundPage(1, (), (), False, [], [], [], 0, True)
    pages, wrong = [KnownPage(found, (), "state")], []

    def use(seed: int) -> None:
        cache, rng = PageCache(tmp_path, most_bytes=1000), random.Random(seed)
        try:
            for _ in range(150):
                score = f"{rng.randrange(3):064d}"
                cache.save(score, KEY, pages)
                assert len(cache.load(score, KEY)) in (0, 1)
                if rng.random() < 0.3:
                    cache.clear()
                assert cache.size >= 0
        except (OSError, AssertionError) as error:
            wrong.append(error)

    threads = [threading.Thread(target=use, args=(seed,)) for seed in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert not list(tmp_path.glob(".*"))


def test_where_nothing_can_be_written_nothing_is_kept(models: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cache = PageCache(tmp_path / "file")
    list(seen(models, tmp_path, cache))
    assert cache.size == 0


def test_of_a_score_with_a_password_nothing_is_kept(tmp_path: Path) -> None:
    with Score(SCORE, password="secret", data=tmp_path, cache=PageCache(tmp_path)) as score:
        assert score.cache is None
