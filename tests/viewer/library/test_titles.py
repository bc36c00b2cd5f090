"""Titles and composers from the names of files, and from what PDFs say."""

from pathlib import Path

import pytest

from livefollow.viewer.library.titles import named, plain


@pytest.mark.parametrize(
    ("name", "title", "composer"),
    [
        ("Bach - Invention No. 1.pdf", "Invention No. 1", "Bach"),
        ("IMSLP12345-PMLP01234-Chopin_Nocturne_Op_9.pdf", "Nocturne Op 9", "Chopin"),
        ("Gymnopédie 1 (Erik Satie).pdf", "Gymnopédie 1", "Erik Satie"),
        ("Rachmaninoff - Prelude - C sharp minor.pdf", "Prelude – C sharp minor", "Rachmaninoff"),
        ("Prelude in C - Johann Sebastian Bach.pdf", "Prelude in C", "Johann Sebastian Bach"),
        ("Hania Rani - Glass.pdf", "Glass", "Hania Rani"),
        ("Sonata - 1st movement.pdf", "Sonata – 1st movement", ""),
        ("BachJS - bwv799.pdf", "Bwv799", "Bach JS"),
        ("chopin-prelude.pdf", "Prelude", "Chopin"),
        ("mozart k545.pdf", "K545", "Mozart"),
        ("Chopin/prelude 4.pdf", "Prelude 4", "Chopin"),
        ("IMG_2031.jpg", "IMG 2031", ""),
        ("no suffix.v2", "No suffix.v2", ""),
    ],
)
def test_names_of_files(name: str, title: str, composer: str) -> None:
    assert named(Path("/scores") / name) == (title, composer)


@pytest.mark.parametrize(
    ("name", "says", "title", "composer"),
    [
        ("x17.pdf", ("Nocturne in E-flat", "Frédéric Chopin"), "Nocturne in E-flat", "Frédéric Chopin"),
        ("x17.pdf", ("Microsoft Word - x.doc", "admin"), "X17", ""),
        ("Arabesque.pdf", ("untitled", "LilyPond 2.24"), "Arabesque", ""),
        ("Debussy - Arabesque.pdf", ("Score", "Someone Else"), "Arabesque", "Debussy"),
        ("x17.pdf", ("Schumann: Träumerei", "owner@example.org"), "Schumann: Träumerei", "Schumann"),
    ],
)
def test_what_a_pdf_says(name: str, says: tuple[str, str], title: str, composer: str) -> None:
    assert named(Path("/scores") / name, *says) == (title, composer)


def test_searching_ignores_accents_and_capitals() -> None:
    assert plain("  Für   ÉLISE ") == "fur elise"
