"""A film is as long as its sound, has one, and shows what was said when it was said."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from livefollow.constants import FPS
from livefollow.draw.film import FilmError, write_film
from livefollow.draw.screen import BAR, HEIGHT, Screen
from livefollow.errors import AudioError
from livefollow.follow.position import State
from livefollow.follow.track import Track
from livefollow.score.document import Document
from livefollow.score.score import Score
from livefollow.turning.page_spans import page_spans_of
from livefollow.turning.view import Highlight, Layout, Spot, View, Words
from livefollow.turning.view_style import ViewStyle

WORDS = Words(State.FOLLOWING, 80, 3)


@pytest.fixture(scope="module")
def score_path() -> Path:
    return Path(__file__).parents[1] / "data" / "piano.pdf"


@pytest.fixture(scope="module")
def track(score_path: Path) -> Track:
    """Three seconds along the second system and the last but one of a page."""
    with Score(score_path) as score:
        for _ in score.read():
            break
        first, last = score.strip.placements[1], score.strip.placements[-2]
    n = 3 * FPS
    places = [first] * (n // 2) + [last] * (n - n // 2)
    systems = [p.system for p in places]
    along = np.linspace(0.1, 0.9, n)
    return Track(
        time_s=(np.arange(n) + 1) / FPS,
        page=np.ones(n, np.int64),
        system=np.array([p.number for p in places]),
        x_pt=np.array([s.left + k * (s.right - s.left) for s, k in zip(systems, along, strict=True)]),
        top_pt=np.array([s.top for s in systems]),
        bottom_pt=np.array([s.bottom for s in systems]),
        strip_x=np.zeros(n),
        speed=np.zeros(n),
        confidence=np.linspace(0.5, 1, n),
        state=np.full(n, State.FOLLOWING),
    )


def write_sound(path: Path, rate: int, channels: int, seconds: float = 3.0) -> Path:
    noise = np.random.default_rng(0).normal(0, 0.1, (round(seconds * rate), channels))
    soundfile.write(path, noise, rate)
    return path


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (22_050, 1)])
def test_pictures_and_sound_are_as_long_as_the_recording(
    score_path: Path, track: Track, tmp_path: Path, rate: int, channels: int
) -> None:
    out = tmp_path / "film.mp4"
    with Score(score_path) as score:
        said = write_film(score, write_sound(tmp_path / "a.wav", rate, channels), track, out)
    assert said.startswith("3.0 s of film, 60 pictures")
    with av.open(str(out)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.frames, video.height, video.width % 2) == (60, HEIGHT, 0)
        assert float(video.duration * video.time_base) == pytest.approx(3.0, abs=0.01)  # type: ignore[operator]
        assert float(audio.duration * audio.time_base) == pytest.approx(3.0, abs=0.05)  # type: ignore[operator]
        assert audio.codec_context.channels == channels
        pictures = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    blue = [(p[: HEIGHT - BAR, :, 2].astype(int) - p[: HEIGHT - BAR, :, 0] > 60) for p in pictures]
    columns = [np.flatnonzero(b.sum(0) > 20).mean() for b in blue]
    rows = [np.flatnonzero(b.sum(1) > 3).mean() for b in blue]
    # row k is said at (k + 1) / FPS, so picture 1 is the first to show row 0, as picture 0 does for want of another
    assert columns[0] == columns[1]
    assert np.all(np.diff(columns[1:]) > 0)
    assert int(np.argmax(np.abs(np.diff(rows)))) + 1 == FPS * 3 // 2 + 1
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []


def test_what_is_wrong_is_said(score_path: Path, track: Track, tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "a.wav", 22_050, 1, 0.5)
    with Score(score_path) as score:
        with pytest.raises(AudioError, match="cannot be read as sound"):
            write_film(score, score_path, track, tmp_path / "film.mp4")
        with pytest.raises(FilmError, match="page 99"):
            write_film(score, sound, replace(track, page=track.page + 98), tmp_path / "film.mp4")
        with pytest.raises(FilmError, match="cannot be written"):
            write_film(score, sound, track, tmp_path / "film.nothing")
    assert [p.name for p in tmp_path.iterdir()] == ["a.wav"]


def test_the_highlight_leaves_nothing_behind(score_path: Path) -> None:
    with Document(score_path) as document:
        screen = Screen(document)
        none = Highlight(99, 0, 0, 0, 0, 0)
        clean = screen.draw(View(1), none, WORDS).copy()
        for x in (100.0, 180.0, 560.0):
            marked = screen.draw(View(1), Highlight(1, x, 100, 180, 50, 500), WORDS)
            assert (marked != clean).any()
        assert np.array_equal(screen.draw(View(1), none, WORDS), clean)


def test_ink_stays_black_under_the_highlight(score_path: Path) -> None:
    with Document(score_path) as document:
        screen = Screen(document)
        clean = screen.draw(View(1), Highlight(99, 0, 0, 0, 0, 0), WORDS).copy()
        marked = screen.draw(View(1), Highlight(1, 200, 50, 700, 20, 560), WORDS)
        assert (marked <= clean).all()


def test_a_half_turn_shows_both_places(score_path: Path) -> None:
    with Document(score_path) as document:
        screen = Screen(document)
        none, height = Highlight(99, 0, 0, 0, 0, 0), document.page_size(1)[1]
        one, two = (screen.draw(View(n), none, WORDS).copy() for n in (1, document.page_count))
        both = screen.draw(View(1, document.page_count, Spot.UPPER, cut=0.6 * height), none, WORDS)
        middle = round(0.6 * (HEIGHT - BAR))
        assert np.array_equal(both[: middle - 2], two[: middle - 2])
        assert np.array_equal(both[middle + 2 :], one[middle + 2 :])


def test_page_spans_end_with_the_last_system(score_path: Path) -> None:
    with Score(score_path) as score:
        pages = [page.number for page in score.read()]
        spans = page_spans_of(score.strip.placements)
        assert list(spans) == pages
        assert spans[pages[-1]].end_x == score.strip.width


@pytest.mark.parametrize("spot", [Spot.NOWHERE, Spot.UPPER, Spot.LOWER, Spot.BESIDE])
@pytest.mark.parametrize("paper", ["white", "sepia", "night"])
def test_the_highlight_is_where_its_page_is_in_every_layout(score_path: Path, spot: Spot, paper: str) -> None:
    with Document(score_path) as document:
        height, last = document.page_size(1)[1], document.page_count
        layout = Layout.TWO if spot is Spot.BESIDE else Layout.HALF
        screen = Screen(document, ViewStyle(layout, "line", "#ff0000", 1.0, paper))
        view = View(1, 0 if spot is Spot.NOWHERE else last, spot, cut=height / 2)
        clean = screen.draw(view, Highlight(99, 0, 0, 0, 0, 0), WORDS).copy()
        low = Highlight(1, 300, 0.7 * height, 0.8 * height, 50, 500)
        high = replace(low, page=last, top=0.2 * height, bottom=0.3 * height)
        changed = {
            name: (screen.draw(view, where, WORDS) != clean).any(axis=2)
            for name, where in (("low", low), ("high", high), ("none", replace(low, page=99)))
        }
    half = (HEIGHT - BAR) // 2
    assert not changed["none"].any()
    if spot in (Spot.UPPER, Spot.LOWER):
        seen = {"low": spot is Spot.UPPER, "high": spot is Spot.UPPER}  # each half of the page that has it
        assert {name: bool(changed[name].any()) for name in seen} == seen
        assert not changed["low"][:half].any()
        assert not changed["high"][half:].any()
    else:
        assert changed["low"][half:].any()
        columns = np.flatnonzero(changed["low"].any(axis=0))
        if spot is Spot.BESIDE:
            assert columns.max() < screen.width // 2 < np.flatnonzero(changed["high"].any(axis=0)).min()
    expected = {"white": 240, "sepia": 200, "night": 40}[paper]
    assert (np.median(clean[: HEIGHT - BAR]) > 128) == (expected > 128)


def test_films_tell_how_much_is_done(score_path: Path, track: Track, tmp_path: Path) -> None:
    told: list[int] = []
    with Score(score_path) as score:
        view_style = ViewStyle(Layout.TWO, "box", "#82b9ff", 0.8, "night")
        write_film(
            score, write_sound(tmp_path / "a.wav", 22_050, 1), track, tmp_path / "f.mp4", view_style, told.append
        )
    assert told == sorted(set(told))
    assert told[-1] == 100
