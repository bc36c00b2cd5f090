"""Chamber and song pages whose soloists are printed smaller than the piano: all staves, and which are the piano's."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from livefollow.score.systems import find_systems
from tests.troubled import Sheet, Truth, blank_sheet, clean_sheet


def chamber(data: Path, soloists: int, size: float) -> Sheet:
    """Systems of a piano page set apart, each with staves of `size` times their size above it, joined at the left."""
    piano, melody = clean_sheet(data, "piano"), clean_sheet(data, "melody")
    scale = piano.page.scale
    sheet = blank_sheet(piano.page.width, piano.page.height, scale)
    image, truths = sheet.page.image, []
    y = 30.0
    for index in (1, 2):
        system = piano.truth[index]
        space, left, right = system.space, system.left, system.right
        tops: list[tuple[float, float]] = []
        solo = melody.truth[index]
        for _ in range(soloists):
            rows = slice(melody.px(solo.staves[0][0] - 3 * solo.space), melody.px(solo.staves[0][1] + 3 * solo.space))
            columns = slice(melody.px(solo.left), melody.px(solo.right))
            height = round(size * space / solo.space * (rows.stop - rows.start))
            small = cv2.resize(
                melody.page.image[rows, columns],
                (sheet.px(right) - sheet.px(left), height),
                interpolation=cv2.INTER_AREA,
            )
            top = sheet.px(y)
            image[top : top + height, sheet.px(left) : sheet.px(right)] = small
            staff = y + 3 * size * space, y + 7 * size * space
            tops.append(staff)
            y += 11 * size * space
        rows = slice(piano.px(system.staves[0][0] - 4 * space), piano.px(system.staves[1][1] + 4 * space))
        moved = sheet.px(y) - rows.start
        image[rows.start + moved : rows.stop + moved] = piano.page.image[rows, : image.shape[1]]
        staves = tuple((a + moved / scale, b + moved / scale) for a, b in system.staves)
        first = tops[0][0]
        image[sheet.px(first) : sheet.px(staves[-1][1]), sheet.px(left) : sheet.px(left) + 3] = 0
        truths.append(Truth(left, right, (*tops, *staves)))
        y = staves[-1][1] + 14 * space
    return replace(sheet, truth=tuple(truths))


@pytest.mark.parametrize(("soloists", "size"), [(1, 0.6), (1, 0.85), (2, 0.75), (3, 0.67), (4, 0.7)])
def test_the_piano_is_the_larger_pair(data: Path, soloists: int, size: float) -> None:
    sheet = chamber(data, soloists, size)
    found = find_systems(sheet.page)
    assert sheet.is_read(found)
    assert {s.piano for s in found} == {(soloists, soloists + 1)}
    assert np.allclose([s.staff_space for s in found], sheet.truth[0].space, rtol=0.05)
