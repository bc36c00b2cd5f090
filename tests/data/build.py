"""Remakes the test scores: `python -m tests.data.build` (needs lilypond, convert-ly and musescore3 on the path).

Every PDF gets a `.systems.json` beside it: per page a list of systems {left, top, right, bottom, staves} in points.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import cairosvg
import pymupdf
import verovio

from livefollow.train.data.engraving.lilypond_compiler import engrave, without_links
from livefollow.train.data.engraving.vector_staves import vector_systems

DATA = Path(__file__).parent
SOURCES = DATA / "src"
A4 = (2100, 2970)  # tenths of a millimetre, Verovio's unit


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for source in sorted(SOURCES.glob("*.ly")):
            (pdf,) = engrave(source, Path(scratch))
            without_links(pdf, DATA / f"{source.stem}.pdf")
        waltz = SOURCES / "waltz.musicxml"
        without_links(by_verovio(waltz, Path(scratch) / "verovio.pdf"), DATA / "verovio.pdf")
        without_links(by_musescore(waltz, Path(scratch) / "musescore.pdf"), DATA / "musescore.pdf")
    for pdf in sorted(DATA.glob("*.pdf")):
        text = json.dumps(systems_of(pdf), indent=1)
        pdf.with_suffix(".systems.json").write_text(text + "\n")
        print(f"{pdf.name}: {pdf.stat().st_size} bytes")


def by_verovio(source: Path, out: Path) -> Path:
    """One page of Verovio's engraving, its hairline staff lines as they come."""
    toolkit = verovio.toolkit()
    width, height = A4
    toolkit.setOptions({"pageWidth": width, "pageHeight": height, "unit": 7.0, "staffLineWidth": 0.1, "footer": "none"})
    toolkit.loadData(source.read_text())
    svg = toolkit.renderToSVG(1)
    cairosvg.svg2pdf(bytestring=svg.encode(), write_to=str(out), output_width=793.7, output_height=1122.5)
    return out


def by_musescore(source: Path, out: Path) -> Path:
    """MuseScore's engraving, without a screen."""
    program = shutil.which("musescore3") or shutil.which("mscore3") or "musescore3"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([program, "-o", str(out), str(source)], env=env, check=True, capture_output=True)
    return out


def systems_of(pdf: Path) -> list[list[dict]]:
    """Per page its systems, points rounded to a thousandth."""
    with pymupdf.open(pdf) as document:
        return [
            [
                {
                    "left": round(s.left, 3),
                    "top": round(s.top, 3),
                    "right": round(s.right, 3),
                    "bottom": round(s.bottom, 3),
                    "staves": [[round(t.top, 3), round(t.bottom, 3)] for t in s.staves],
                }
                for s in vector_systems(page)
            ]
            for page in document
        ]


if __name__ == "__main__":
    main()
