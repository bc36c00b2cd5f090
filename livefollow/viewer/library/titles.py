"""Titles and composers of scores, from the names of their files and from what PDFs say of themselves. Pure."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from livefollow.score.files import PAGE_SUFFIXES

# Family names of who wrote most of what pianists play, as they are spelled in names of files, without accents.
NAMES = """albeniz alkan arensky arutiunian babajanian bach balakirev barber bartok beach beethoven bellini berg berlioz
    bernstein bizet borodin boulanger boulez brahms britten bruckner burgmuller busoni byrd cage carter chabrier
    chaminade chausson chopin cimarosa clementi copland corelli couperin cowell cramer czerny debussy diabelli dohnanyi
    donizetti duparc dussek dvorak einaudi elgar enescu falla farrenc faure feinberg field finzi franck froberger
    gershwin gibbons ginastera glass glazunov gliere glinka gluck godowsky gottschalk gounod granados grieg grovlez
    handel haendel hanon haydn heller hensel henselt hindemith holst hummel ibert ireland ives janacek joplin kabalevsky
    kapustin khachaturian kodaly kuhlau lachenmann lecuona ligeti liszt lutoslawski lyadov lyapunov macdowell mahler
    martinu massenet medtner mendelssohn menotti messiaen milhaud mompou monk moscheles moszkowski mozart mussorgsky
    myaskovsky nancarrow nazareth nielsen pachelbel paderewski part pergolesi piazzolla pleyel poulenc prokofiev puccini
    purcell rachmaninoff rachmaninov raff rameau ravel reger respighi rimsky-korsakov rossini rubinstein saint-saens
    satie scarlatti scharwenka schnittke schoenberg schonberg schubert schulhoff schumann scriabin shostakovich sibelius
    sinding smetana soler stanford stockhausen strauss stravinsky szymanowski takemitsu tallis tansman taneyev tausig
    tchaikovsky telemann thalberg tippett turina verdi villa-lobos vine vivaldi wagner walton weber webern wieck
    wolf xenakis yiruma zelenka"""
COMPOSERS = frozenset(NAMES.split())
MUSIC = re.compile(
    r"\b(op|opus|no|nr|bwv|kv?|hob|woo|d|sonat\w*|etud\w*|prelud\w*|fug\w*|suite|waltz|walzer|book|vol|band|"
    r"concert\w*|konzert\w*|nocturn\w*|ballad\w*|scherz\w*|rondo|variation\w*|piece\w*|album|lied\w*|songs?)\b",
    re.IGNORECASE,
)
CATALOGUE = re.compile(r"^(IMSLP\d+|PMLP\d+)[-_ ]*(PMLP\d+[-_ ]*)?", re.IGNORECASE)
# What programs write where nobody gave a title.
NO_TITLE = re.compile(
    r"^(untitled.*|title|score|full score|piano|piano score|noname.*|new score.*|microsoft word.*|document\d*|"
    r"scan.*|img.*|image.*|page.*|\W*|[\d\W]+)$|\.(pdf|docx?|musx?|mscz|sib|ly|tiff?|jpe?g|png|indd|qxd|ps|dvi)$",
    re.IGNORECASE,
)
NO_PERSON = re.compile(
    r"\d|\b(admin\w*|user|owner|unknown|composer|lilypond|musescore|imslp|mutopia|scanner|epson|canon|"
    r"xerox|windows|pdf\w*|adobe|finale|sibelius \w+|www|com|org)\b|@|://",
    re.IGNORECASE,
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # as in BachJS
MOST_WORDS = 4  # of a person's name


class Named(NamedTuple):
    """What a score is called."""

    title: str
    composer: str  # empty if unknown


def plain(text: str) -> str:
    """Fold a text for comparing and searching: small letters, no accents, words apart by single spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def named(path: Path, title: str = "", author: str = "") -> Named:
    """Say what a score is called.

    Args:
        path: of the score; its name, and that of its folder, are read.
        title, author: as its file says; empty if it says nothing.
    """
    stem = path.name if path.suffix.lower() not in PAGE_SUFFIXES else path.stem
    stem = stem.encode(errors="replace").decode()
    from_name = _from_name(CATALOGUE.sub("", stem))
    says_title = "" if NO_TITLE.search(title.strip()) else title.strip()
    composer = from_name.composer or (author.strip() if _is_person(author) else "") or _composer_in(says_title)
    if not composer and _known(path.parent.name):
        composer = _spaced(path.parent.name)
    composer = composer.title() if composer.islower() else composer if " " in composer else CAMEL.sub(" ", composer)
    if from_name.composer or not says_title:
        return Named(_capital(from_name.title or stem), composer)
    return Named(says_title, composer)


def _capital(title: str) -> str:
    """Write a title that is a file's name as a person would."""
    title = title if " " in title else title.replace("-", " ")
    return title[:1].upper() + title[1:]


def _from_name(stem: str) -> Named:
    """Read "Composer - Title", "Title (Composer)" or "Composer_Title"; else all of it is the title."""
    name = _spaced(stem)
    if bracketed := re.fullmatch(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]", name):
        title, other = bracketed.groups()
        if _known(other) and _is_person(other):
            return Named(title, other)
    parts = [part.strip() for part in re.split(r"\s+[-–—]+\s+|,\s+(?=[A-Z]\w+\s+[-–—]\s)", name) if part.strip()]
    if len(parts) == 1 and re.fullmatch(r"[^\s]+-[^\s]+", stem.strip()):
        parts = [part for part in _spaced(stem.replace("-", " - ", 1)).split(" - ") if part]
        if not _known(parts[0]):
            parts = [name]
    if len(parts) > 1:
        for k in (0, len(parts) - 1):
            if _is_person(parts[k]) and (_known(parts[k]) or (k == 0 and _looks_like_name(parts[k]))):
                return Named(" – ".join(parts[:k] + parts[k + 1 :]), parts[k])
        return Named(" – ".join(parts), _composer_in(name))
    first, _, rest = name.partition(" ")
    if rest and plain(first).strip(".,") in COMPOSERS and len(rest) > 1:
        return Named(rest.lstrip("-–—,: "), first.strip(".,"))
    return Named(name, _composer_in(name))


def _spaced(stem: str) -> str:
    return " ".join(stem.replace("_", " ").split())


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:-[a-z]+)?", plain(CAMEL.sub(" ", text)))


def _known(text: str) -> bool:
    """Whether a composer's family name is in a text."""
    words = _words(text)
    return any(word in COMPOSERS or any(half in COMPOSERS for half in word.split("-")) for word in words)


def _composer_in(text: str) -> str:
    """Return the family name that stands in a title, as it stands there; empty without one."""
    for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", text):
        if plain(word) in COMPOSERS and word[:1].isupper():
            return word
    return ""


def _is_person(text: str) -> bool:
    words = text.split()
    return bool(words) and len(words) <= MOST_WORDS and not NO_PERSON.search(text) and not MUSIC.search(text)


def _looks_like_name(text: str) -> bool:
    """Whether a text reads as a person's name: two words or more, each with a capital."""
    words = [word for word in re.split(r"[\s,]+", text) if word]
    small = {"de", "von", "van", "der", "da", "di", "la", "le"}
    return len(words) >= 2 and all(word[0].isupper() or word in small for word in words)
