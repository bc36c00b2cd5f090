"""The systems of the MSMD pieces, sixty drawn by a seed (the rest: `python -m tests.benchmarks.score.systems_msmd`)."""

from pathlib import Path

import pytest

from tests.benchmarks.score.systems_msmd import run
from tests.optional import needs_program


@pytest.mark.slow
def test_systems_of_sixty_pieces_are_found_right(corpus: Path, tmp_path: Path) -> None:
    needs_program("lilypond")
    tallies = [t for t in run(corpus, tmp_path, sample=60) if not t.error]
    assert len(tallies) >= 58
    assert sum(t.right for t in tallies) >= 0.995 * sum(t.true for t in tallies)
    assert sum(t.found for t in tallies) <= 1.005 * sum(t.true for t in tallies)
    assert sum(t.lost_bands for t in tallies) <= 0.001 * sum(t.noteheads for t in tallies)
