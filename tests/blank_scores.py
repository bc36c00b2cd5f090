"""Small PDFs, each with content of its own, as many as a library needs."""

from pathlib import Path

import pymupdf


def write_score(path: Path, *, title: str = "", author: str = "", mark: str = "") -> Path:
    """A page with five lines and a few words; a mark makes its content another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=420)
        for k in range(5):
            page.draw_line((40, 100 + 8 * k), (260, 100 + 8 * k))
        page.insert_text((40, 60), mark or path.stem)
        document.set_metadata({"title": title, "author": author})
        document.save(path, no_new_id=True)
    return path


COMPOSERS = ("Bach", "Chopin", "Debussy", "Satie")


def write_many(folder: Path, count: int) -> None:
    """Scores with different contents and names, quickly: what comes after a PDF's end is passed over."""
    content = write_score(folder / "Bach - Piece 0.pdf").read_bytes()
    for k in range(1, count):
        shelf = folder / f"Shelf {k // 200}"
        shelf.mkdir(exist_ok=True)
        (shelf / f"{COMPOSERS[k % 4]} - Piece {k}.pdf").write_bytes(content + f"% {k}\n".encode())
