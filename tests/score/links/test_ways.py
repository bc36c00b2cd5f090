"""How often links are taken, and in which pass."""

from livefollow.score.links.ways import END, EVERY_PASS, LAST_PASS, Link, PlayedWay, after, by_hand, is_due


def way(links: list[Link], *xs: float) -> PlayedWay:
    """The way of a player who was at each place, one after the other."""
    known = PlayedWay()
    for x in xs:
        known = after(known, x, links)
    return known


def straight(start: float, end: float) -> list[float]:
    return [start + 100 * k for k in range(int((end - start) / 100) + 1)]


VERSES = Link(3000, 1000, 2, sure=True)
SEGNO = Link(6000, 1000, sure=True)
CODA = Link(4000, 6000, LAST_PASS, sure=True)
FINE = Link(4000, END, LAST_PASS, sure=True)


def test_a_verse_is_repeated_so_many_times() -> None:
    links, xs = [VERSES], straight(0, 3000)
    for due in (True, True, False):
        assert is_due(VERSES, way(links, *xs), links) is due
        xs += straight(1000, 3000)
    assert not is_due(VERSES, way(links, *xs, *straight(3000, 5000)), links)


def test_who_begins_again_has_it_all_before_them() -> None:
    links = [VERSES]
    xs = [*straight(0, 3000), *straight(1000, 3000), *straight(1000, 5000)]
    assert not is_due(VERSES, way(links, *xs), links)
    assert is_due(VERSES, way(links, *xs, 0), links)


def test_coda_and_fine_come_once_all_links_back_over_them_are_taken() -> None:
    for last in (CODA, FINE):
        links = [VERSES, SEGNO, last]
        first = [*straight(0, 3000), *straight(1000, 3000), *straight(1000, 4000)]
        assert not is_due(last, way(links, *first), links)
        there = [*first, *straight(4000, 6000), *straight(1000, 4000)]
        assert is_due(last, way(links, *there), links)
        assert not is_due(VERSES, way(links, *there[:-10]), links)  # after a D.S. verses are not repeated again


def test_a_link_ahead_over_which_nothing_leads_back_is_a_cut() -> None:
    assert is_due(CODA, PlayedWay(), [CODA])
    assert is_due(Link(4000, 6000, EVERY_PASS, sure=True), PlayedWay(), [SEGNO])


def test_an_ending_is_left_out_in_its_pass() -> None:
    links = [VERSES, *(Link(2500, 3000, n, sure=True) for n in (1, 2, 3))]
    xs = straight(0, 2500)
    for due in range(1, 4):
        known = way(links, *xs)
        assert [link.passes for link in links[1:] if is_due(link, known, links)] == [due]
        xs += [*straight(2500, 3000), *straight(1000, 2500)]


def test_what_signs_ask_for_does_not_hold_words_back() -> None:
    """Who leaves the printed repeats out the second time comes to the coda all the same."""
    repeat = Link(3000, 500)
    links = [repeat, SEGNO, CODA]
    assert is_due(CODA, way(links, *straight(0, 6000), *straight(1000, 4000)), links)


def test_a_hand_that_goes_where_a_link_leads_takes_it() -> None:
    links = [SEGNO, CODA]
    at_end = way(links, *straight(0, 6000))
    assert is_due(CODA, after(by_hand(at_end, 1000, links), 3900, links), links)
    assert not is_due(CODA, after(by_hand(at_end, 2600, links), 3900, links), links)
