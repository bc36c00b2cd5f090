"""Four hands: whose pages are played."""

from pathlib import Path

import pytest

from livefollow.score.corrections import Corrections
from livefollow.score.hands import DuetPart
from livefollow.score.score import Score
from tests.benchmarks.score.troubled.document import KINDS
from tests.document_damage import sheets


@pytest.mark.parametrize("kind", ["four hands, right", "four hands behind a cover"])
def test_a_player_gets_every_second_page(tmp_path: Path, kind: str) -> None:
    made = KINDS[kind](sheets("musescore"), tmp_path, 0)
    with Score(made.path, data=tmp_path) as score:
        score.corrections.play(made.part)
        list(score.read())
        assert score.four_hands.likely
        music = [number for number, sheet in enumerate(made.pages, 1) if sheet.systems]
        mine = music[1::2] if made.part is DuetPart.RIGHT else music[::2]
        assert sorted({place.system.page for place in score.strip.placements}) == mine
        assert [number for number in music if score.plays(number)] == mine
    assert Corrections(score.document.content_hash, tmp_path).part is made.part


def test_a_score_for_two_hands_is_all_the_players(data: Path, tmp_path: Path) -> None:
    with Score(data / "piano.pdf", data=tmp_path) as score:
        list(score.read())
        assert not score.four_hands.likely
        assert {place.system.page for place in score.strip.placements} == {1, 2}
