from fractions import Fraction

import pytest

from livefollow.train.data.notation.repeats import Ending, Repeats, is_end, is_start, passes_of, play_order, snapped


def spans(order):
    return [(int(a), int(b)) for a, b in order]


def order(end, starts=(), ends=(), endings=(), parts=()):
    repeats = Repeats(
        [Fraction(t) for t in starts],
        [Fraction(t) for t in ends],
        [Ending(Fraction(a), Fraction(b), p) for a, b, p in endings],
        [Fraction(t) for t in parts],
    )
    with_repeats, straight = play_order(repeats, Fraction(end))
    return spans(with_repeats), spans(straight)


def test_no_repeat_is_one_stretch():
    assert order(16) == ([(0, 16)], [(0, 16)])


def test_two_halves_repeated():
    assert order(16, ends=[8, 16]) == ([(0, 8), (0, 16), (8, 16)], [(0, 16)])


def test_a_repeat_begins_at_its_sign_or_movement():
    assert order(16, starts=[4], ends=[8]) == ([(0, 8), (4, 16)], [(0, 16)])
    assert order(16, ends=[12], parts=[8]) == ([(0, 12), (8, 16)], [(0, 16)])


def test_endings():
    endings = [(8, 12, (1,)), (12, 16, (2,))]
    assert order(20, ends=[12], endings=endings) == ([(0, 12), (0, 8), (12, 20)], [(0, 8), (12, 20)])


def test_endings_of_several_passes():
    endings = [(8, 12, (1, 2)), (12, 16, (3,))]
    with_repeats, straight = order(16, starts=[4], ends=[12], endings=endings)
    assert with_repeats == [(0, 12), (4, 12), (4, 8), (12, 16)]
    assert straight == [(0, 8), (12, 16)]


def test_endings_without_numbers_are_counted():
    assert order(16, ends=[12], endings=[(8, 12, ()), (12, 16, ())])[0] == [(0, 12), (0, 8), (12, 16)]


def test_two_groups_of_endings_that_touch():
    endings = [(4, 6, (1,)), (6, 8, (2,)), (12, 14, (1,)), (14, 16, (2,))]
    with_repeats, straight = order(16, starts=[8], ends=[6, 14], endings=endings)
    assert with_repeats == [(0, 6), (0, 4), (6, 14), (8, 12), (14, 16)]
    assert straight == [(0, 4), (6, 12), (14, 16)]


@pytest.mark.parametrize(
    ("text", "passes"), [("1.", (1,)), ("1.–3.", (1, 2, 3)), ("1, 2", (1, 2)), ("1-2, 4.", (1, 2, 4)), ("fine", ())]
)
def test_texts_of_brackets(text, passes):
    assert passes_of(text) == passes


def test_glyphs():
    assert [g for g in (".|:", ":|.", ":..:", "|.", "|", "", "[|:", ":") if is_start(g)] == [".|:", ":..:", "[|:"]
    assert [g for g in (".|:", ":|.", ":..:", "|.", "|", "", ":|]", ":") if is_end(g)] == [":|.", ":..:", ":|]"]


def test_brackets_stop_at_bar_lines():
    late = [Ending(Fraction(3), Fraction(7), (1,)), Ending(Fraction(6), Fraction(10), (2,))]
    bars = [Fraction(b) for b in (0, 3, 6, 9, 12)]
    assert [(e.start, e.end) for e in snapped(late, bars)] == [(3, 6), (6, 9)]
