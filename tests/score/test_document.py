"""What a document shows of good files, and says of bad ones. What becomes of the child: test_rasterizer."""

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from livefollow.constants import ANALYSIS_PX, MAX_RASTER_PX
from livefollow.errors import PasswordError, ScoreError
from livefollow.score import document as document_module
from livefollow.score import files as sources
from livefollow.score.document import Document
from tests.benchmarks.score.mutated_pdfs import Tally
from tests.broken import make_pdf
from tests.encrypted import PASSWORD, encrypt


def corner_image(width: int = 800, height: int = 600) -> Image.Image:
    """White, with a black quarter in the top left corner and a grey bar at the bottom."""
    pixels = np.full((height, width), 255, np.uint8)
    pixels[: height // 2, : width // 2] = 0
    pixels[-height // 10 :] = 128
    return Image.fromarray(pixels)


def brightness(image: np.ndarray, x: float, y: float) -> int:
    """Grey at a place given as parts of width and height."""
    return int(image[int(y * image.shape[0]), int(x * image.shape[1])])


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "plain.pdf"
    path.write_bytes(make_pdf(3))
    return path


def test_pages_of_a_pdf(pdf: Path) -> None:
    with Document(pdf) as document:
        assert document.page_count == 3
        assert document.page_size(2) == (595, 842)
        pages = list(document.pages())
        assert document.warnings == []
        assert document.content_hash == hashlib.sha256(pdf.read_bytes()).hexdigest()
    assert [page.number for page in pages] == [1, 2, 3]
    page = pages[0]
    assert page.image.dtype == np.uint8
    assert page.image.shape == pytest.approx((842 * page.scale, 595 * page.scale), abs=1)
    assert page.image.size == pytest.approx(ANALYSIS_PX, rel=0.01)
    rows = np.flatnonzero(page.image[:, int(70 * page.scale)] < 200)
    assert rows.min() / page.scale == pytest.approx(842 - 728, abs=0.6)  # the uppermost line
    assert rows.max() / page.scale == pytest.approx(842 - 700, abs=0.6)


@pytest.mark.parametrize(("turn", "size", "place"), [(0, (300, 400), (0.05, 0.95)), (90, (400, 300), (0.05, 0.05))])
def test_crop_box_and_rotation(
    tmp_path: Path, turn: int, size: tuple[float, float], place: tuple[float, float]
) -> None:
    """Ink in the lower left corner of the crop box; turned by a quarter, it is in the upper left one."""
    extra = f"/CropBox [100 200 400 600] /Rotate {turn}"
    (tmp_path / "a.pdf").write_bytes(make_pdf(extra=extra, content=b"100 200 30 40 re f"))
    with Document(tmp_path / "a.pdf") as document:
        assert document.page_size(1) == size
        image = document.page(1).image
    assert brightness(image, *place) == 0
    assert brightness(image, 1 - place[0], place[1]) == 255
    assert (image < 128).mean() == pytest.approx(0.01, rel=0.05)


def test_render_lowers_the_scale_rather_than_fail(pdf: Path) -> None:
    with Document(pdf) as document:
        assert document.render(1, 2.0).shape == (1684, 1190, 3)
        large = document.render(1, 50.0)
        assert large.dtype == np.uint8
        assert 0.99 * MAX_RASTER_PX < large.shape[0] * large.shape[1] <= MAX_RASTER_PX
        for scale in (0.0, -1.0, float("nan"), float("inf")):
            with pytest.raises(ValueError, match="scale"):
                document.render(1, scale)
        for number in (0, 4, -1):
            with pytest.raises(IndexError):
                document.page(number)


IMAGES = {
    "grey.png": {},
    "colour.png": {"mode": "RGB"},
    "palette.png": {"mode": "P"},
    "bitonal.png": {"mode": "1"},
    "grey.jpg": {},
    "colour.jpeg": {"mode": "RGB"},
    "cmyk.jpg": {"mode": "CMYK"},
    "cmyk.tif": {"mode": "CMYK"},
    "lzw.tiff": {"mode": "RGB", "compression": "tiff_lzw"},
    "fax3.tif": {"mode": "1", "compression": "group3"},
    "fax4.tif": {"mode": "1", "compression": "group4"},
}


def test_image_formats_in_a_folder(tmp_path: Path) -> None:
    """Each shows the same picture, whatever its colours are stored as; alpha lies over white paper."""
    image = corner_image()
    for name, options in IMAGES.items():
        image.convert(options.pop("mode", "L")).save(tmp_path / name, dpi=(100, 100), **options)
    deep = Image.fromarray(np.asarray(image, np.uint16) * 257)
    deep.save(tmp_path / "sixteen.png")
    deep.save(tmp_path / "sixteen.tif")
    clear = Image.new("LA", image.size, (0, 0))
    clear.paste((0, 255), (0, 0, 400, 300))
    clear.paste((128, 255), (0, 540, 800, 600))
    clear.save(tmp_path / "clear.png")
    with Document(tmp_path) as document:
        assert document.page_count == len(IMAGES) + 3
        for page in document.pages():
            assert (page.width, page.height) == pytest.approx((576, 432) if page.number != 14 else (600, 450), rel=0.05)
            assert page.image.shape == pytest.approx((page.height * page.scale, page.width * page.scale), abs=1)
            assert brightness(page.image, 0.2, 0.2) < 50, page.number
            assert brightness(page.image, 0.7, 0.2) > 240, page.number
        assert document.warnings == []


def test_exif_orientation(tmp_path: Path) -> None:
    """Photos are turned upright as Pillow turns the PNG, whatever the format."""
    names = []
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        for suffix in ("jpg", "png"):
            names.append(tmp_path / f"{orientation}.{suffix}")
            corner_image(80, 60).save(names[-1], exif=exif)
        names.append(tmp_path / f"{orientation}.tif")
        corner_image(80, 60).save(names[-1], tiffinfo={274: orientation})
    with Document(tmp_path) as document:
        for name, page in zip(sorted(names), document.pages(), strict=True):
            upright = ImageOps.exif_transpose(Image.open(name.with_suffix(".png")))
            seen = Image.fromarray(page.image).resize(upright.size, Image.Resampling.BOX)
            difference = np.abs(np.asarray(seen, int) - np.asarray(upright))
            assert difference.mean() < 6, name
            assert page.width > page.height if upright.width > upright.height else page.width < page.height


def test_every_page_of_a_tiff_is_turned(tmp_path: Path) -> None:
    first, second = corner_image(80, 60), corner_image(60, 90)
    first.save(tmp_path / "a.tif", save_all=True, append_images=[second], tiffinfo={274: 6})
    with Document(tmp_path / "a.tif") as document:
        assert document.page_count == 2
        first_size, second_size = document.page_size(1), document.page_size(2)
    assert first_size == pytest.approx((631.5, 842))
    assert second_size == pytest.approx((842, 561.3), abs=0.1)


@pytest.mark.parametrize(("dpi", "long_side"), [(72, 842), (200, 576), (1600, 842), (None, 842)])
def test_paper_size_of_an_image(tmp_path: Path, dpi: int | None, long_side: float) -> None:
    corner_image(1600, 1200).save(tmp_path / "a.png", **({"dpi": (dpi, dpi)} if dpi else {}))
    with Document(tmp_path / "a.png") as document:
        width, height = document.page_size(1)
    if dpi:
        assert (width, height) == pytest.approx((long_side, 0.75 * long_side), rel=0.01)
    else:
        assert 300 <= width <= 1500


def test_folder_in_natural_order(tmp_path: Path) -> None:
    for number in (1, 2, 10, 9):
        corner_image(100 * number, 100).save(tmp_path / f"Page{number}.png")
    (tmp_path / "._Page3.png").write_bytes(b"not a picture")
    (tmp_path / "notes.txt").write_text("hello")
    with Document(tmp_path) as document:
        ratios = [round(width / height) for width, height in map(document.page_size, range(1, 5))]
        assert ratios == [1, 2, 9, 10]
        before = document.content_hash
    corner_image(100, 101).save(tmp_path / "Page1.png")
    with Document(tmp_path) as document:
        assert document.content_hash != before


def test_damaged_image_in_a_folder_is_a_grey_page(tmp_path: Path) -> None:
    corner_image().save(tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes((tmp_path / "1.png").read_bytes()[:20])
    with Document(tmp_path) as document:
        assert [page.placeholder for page in document.pages()] == [False, True]
        assert len(document.warnings) == 1
        assert "Page 2" in document.warnings[0]


def test_name_that_is_no_text(tmp_path: Path, pdf: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path / "Dvo") + b"\xf8\xe1k.pdf"))
    try:
        path.write_bytes(pdf.read_bytes())
    except OSError:
        pytest.skip("this file system takes no such names")
    with Document(path) as document:
        assert not document.page(1).placeholder


REFUSED = {
    "empty.pdf": (b"", "is empty"),
    "text.txt": (b"hello", "livefollow reads PDF, PNG, JPEG, TIFF and WebP"),
    "text.pdf": (b"hello\n" * 1000, "damaged beyond repair"),
    "head.pdf": (make_pdf()[:15], "damaged beyond repair"),
    "none.pdf": (make_pdf(0), "no pages"),
    "photo.jpg": (b"\0\0\0\x18ftypheic" + bytes(50), "save it as JPEG"),
    "half.png": (b"\x89PNG\r\n\x1a\n\0\0", "damaged picture"),
    "half.tif": (b"II*\0\x08\0\0\0", "damaged picture"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    content, words = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ScoreError, match=words) as caught:
        Document(tmp_path / name)
    assert name in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_folder_of_photos_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "IMG_0001.HEIC").write_bytes(REFUSED["photo.jpg"][0])
    with pytest.raises(ScoreError, match=r"IMG_0001\.HEIC.*save them as JPEG"):
        Document(tmp_path)


def test_refused_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ScoreError, match="does not exist"):
        Document(tmp_path / "nothing.pdf")
    with pytest.raises(ScoreError, match="no PDF, PNG, JPEG, TIFF or WebP files"):
        Document(tmp_path)
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(ScoreError, match="no ordinary file"):
        Document(tmp_path / "pipe.pdf")

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (tmp_path / "secret.pdf").touch()
    with pytest.raises(ScoreError, match="permissions"):
        Document(tmp_path / "secret.pdf")


def test_refused_by_limits(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_module, "MAX_PAGES", 2)
    with pytest.raises(ScoreError, match="more than 2 pages"):
        Document(pdf)
    monkeypatch.setattr(sources, "MAX_FILE_BYTES", 100)
    with pytest.raises(ScoreError, match="larger than"):
        Document(pdf)


def test_encrypted(tmp_path: Path, pdf: Path) -> None:
    path = encrypt(pdf, tmp_path / "secret.pdf")
    with pytest.raises(PasswordError, match="give its password"):
        Document(path)
    with pytest.raises(PasswordError, match="is wrong"):
        Document(path, password="Für Therese")
    with Document(path, password=PASSWORD) as document:
        assert (document.page(1).image < 128).any()


def test_sides_beyond_all_paper(tmp_path: Path) -> None:
    """A page too long is grey; an absurdly narrow one stays within the limits."""
    data = make_pdf(3).replace(b"[0 0 595 842]", b"[0 0 999999 842]", 1).replace(b"[0 0 595 842]", b"[0 0 2 4999]", 1)
    (tmp_path / "a.pdf").write_bytes(data)
    with Document(tmp_path / "a.pdf") as document:
        long, narrow, good = document.pages()
        colours = document.render(1, 1.0)
        assert "Page 1 is more than 5000 points long" in document.warnings[-1]
    assert (long.placeholder, narrow.placeholder, good.placeholder) == (True, False, False)
    assert long.image.min() == long.image.max() == colours.min() == colours.max() == 200
    assert (long.width, long.height) == (595, 842)
    assert colours.shape == (842, 595, 3)
    assert max(narrow.image.shape) <= 30_000


def test_two_threads_at_once(pdf: Path) -> None:
    with Document(pdf) as document:
        expected = [document.page(number).image for number in (1, 2, 3)]
        problems: list[str] = []

        def look(render: bool) -> None:
            for i in range(12):
                number = i % 3 + 1
                if render:
                    if document.render(number, 1.0).shape != (842, 595, 3):
                        problems.append("render")
                elif not np.array_equal(document.page(number).image, expected[number - 1]):
                    problems.append("page")

        threads = [threading.Thread(target=look, args=(i % 2 == 0,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert problems == []


def test_this_process_loads_no_decoder(pdf: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from livefollow.score.document import Document\n"
        "with Document(Path(sys.argv[1])) as d: d.page(1)\n"
        "print(*({'pymupdf', 'cv2', 'PyQt6', 'torch', 'onnxruntime'} & set(sys.modules)))"
    )
    root = str(Path(document_module.__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", program, str(pdf)], cwd=root, capture_output=True, check=True)
    assert done.stdout.split() == []


def test_mutated_pdfs(tmp_path: Path) -> None:
    """Twenty-five of the five hundred of `tests.benchmarks.score.mutated_pdfs`."""
    tally = Tally()
    tally.run(21, 1, tmp_path)
    tally.run(4, 1, tmp_path, images=True)
    assert sum(sum(counts.values()) for counts in tally.outcomes.values()) == 25


def sized(tmp_path: Path, *sizes: tuple[int, int]) -> list[tuple[float, float]]:
    """The sizes of the pages of a PDF whose pages say that they have these."""
    data = make_pdf(len(sizes))
    for width, height in sizes:
        data = data.replace(b"[0 0 595 842]", b"[0 0 %d %d]" % (width, height), 1)
    (tmp_path / "a.pdf").write_bytes(data)
    with Document(tmp_path / "a.pdf") as document:
        assert not any(page.placeholder for page in document.pages())
        return [document.page_size(number) for number in range(1, len(sizes) + 1)]


def test_pixels_taken_for_points_are_no_large_pages(tmp_path: Path) -> None:
    """All pages of such a document share a unit, also those that would pass; a sheet among them keeps its size."""
    whole, half, sheet = sized(tmp_path, (4961, 7016), (2480, 3508), (595, 842))
    assert whole == pytest.approx((595.4, 842), abs=0.1)
    assert half == pytest.approx((297.7, 421), abs=0.1)
    assert sheet == (595, 842)
    assert sized(tmp_path, (8000, 6000)) == [pytest.approx((842, 631.5))]


def test_posters_and_scrolls_stay_what_they_are(tmp_path: Path) -> None:
    assert sized(tmp_path, (2384, 3370)) == [(2384, 3370)]
    assert sized(tmp_path, (600, 14_000)) == [pytest.approx((214.3, 5000), abs=0.1)]


def test_webp_opens_like_png(tmp_path: Path) -> None:
    """Turned as its EXIF says, and what is transparent is paper."""
    corner_image().save(tmp_path / "a.webp", lossless=True)
    clear = Image.new("RGBA", (80, 60), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 40, 30))
    exif = Image.Exif()
    exif[274] = 6
    clear.save(tmp_path / "b.webp", lossless=True, exif=exif)
    with Document(tmp_path / "a.webp") as document:
        assert document.page_count == 1
    with Document(tmp_path) as document:
        plain, upright = document.pages()
    assert brightness(plain.image, 0.2, 0.2) < 50
    assert brightness(plain.image, 0.7, 0.2) > 240
    assert upright.height > upright.width
    assert brightness(upright.image, 0.75, 0.2) < 50
    assert brightness(upright.image, 0.2, 0.2) > 240


def test_pdfs_and_pictures_of_a_folder_are_one_score(tmp_path: Path, pdf: Path) -> None:
    folder = tmp_path / "score"
    folder.mkdir()
    (folder / "p10.pdf").write_bytes(make_pdf(1).replace(b"595 842", b"400 500"))
    (folder / "p2.pdf").write_bytes(pdf.read_bytes())
    corner_image(300, 900).save(folder / "p3.png")
    (folder / "p4.pdf").write_bytes(b"damaged")
    with Document(folder) as document:
        pages = list(document.pages())
        assert [page.placeholder for page in pages] == [False] * 4 + [True, False]
        assert [round(page.width / page.height, 1) for page in pages] == [0.7, 0.7, 0.7, 0.3, 0.7, 0.8]
        assert document.warnings == ["Page 5 cannot be read; a grey page stands in its place."]


def test_pictures_left_out_are_named(tmp_path: Path) -> None:
    corner_image().save(tmp_path / "1.png")
    for number in range(2, 7):
        (tmp_path / f"{number}.HEIC").write_bytes(b"anything")
        with Document(tmp_path) as document:
            assert document.page_count == 1
            (warning,) = document.warnings
        assert "2.HEIC" in warning
        assert "left out" in warning
    assert warning.startswith("2.HEIC, 3.HEIC, 4.HEIC (and 2 more) are left out")
