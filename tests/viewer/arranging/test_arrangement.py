"""Pages are moved, hidden, turned and cropped; what is shown stays sensible."""

import pytest

from livefollow.viewer.arranging.arrangement import Arrangement, arranged, limited

FIVE = Arrangement((1, 2, 3, 4, 5))
SIZES = dict.fromkeys(range(1, 6), (600.0, 800.0))


def test_pages_move_together_and_stop_at_the_ends() -> None:
    assert FIVE.moved({2, 3}, 1).pages == (1, 4, 2, 3, 5)
    assert FIVE.moved({4, 5}, 1) == FIVE
    assert FIVE.moved({1}, -1) == FIVE
    assert FIVE.moved({2, 4}, -1).pages == (2, 1, 4, 3, 5)


def test_pages_are_hidden_and_shown_again_but_never_all() -> None:
    some = FIVE.toggled({1, 2})
    assert some.shown == (3, 4, 5)
    assert some.toggled({1, 2}) == FIVE
    assert some.toggled({2, 3}).shown == (4, 5)
    assert FIVE.toggled(set(range(1, 6))) == FIVE


def test_a_crop_is_turned_with_its_page() -> None:
    cropped = FIVE.cropped({2}, (10.0, 20.0, 300.0, 700.0))
    once = cropped.turned({2}, SIZES)
    assert once.turns == {2: 1}
    assert once.crops[2] == (100.0, 10.0, 780.0, 300.0)
    whole = once.turned({2}, SIZES).turned({2}, SIZES).turned({2}, SIZES)
    assert whole.turns == {}
    assert whole.crops[2] == pytest.approx((10.0, 20.0, 300.0, 700.0))


def test_hidden_pages_stand_where_they_are_in_the_file() -> None:
    assert arranged(5, (4, 3, 1), {}).pages == (4, 5, 3, 1, 2)
    assert arranged(5, (4, 3, 1), {}).shown == (4, 3, 1)
    assert arranged(3, (3,), {}).pages == (1, 2, 3)


def test_a_crop_leaves_enough_of_a_page() -> None:
    left, top, right, bottom = limited((590.0, -5.0, 100.0, 900.0), (600.0, 800.0))
    assert 0 <= left < right <= 600
    assert right - left >= 600 * 0.2 - 1e-9
    assert (top, bottom) == (0.0, 800.0)
