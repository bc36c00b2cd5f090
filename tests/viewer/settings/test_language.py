"""The window speaks the player's language, all of it."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PyQt6.QtCore import QCoreApplication, QDate, QLocale, QTranslator
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from livefollow.errors import AudioError, PasswordError
from livefollow.viewer.settings.language import (
    DRAFTS,
    FOLDER,
    OWN_NAMES,
    install_language,
    language_names,
    spoken_language,
)
from livefollow.viewer.settings.messages import in_language
from livefollow.viewer.settings.preferences import open_preferences
from livefollow.viewer.window import MainWindow

LIST_MESSAGES = Path(__file__).parents[3] / "packaging" / "list_messages.py"
TEXTS = sorted(FOLDER.glob("*.ts"))
PLACE = re.compile(r"\{[^}]*\}")


def messages(path: Path) -> list[tuple[str, str, str, bool]]:
    """Context, source, translation, and whether that is finished."""
    return [
        (
            context.findtext("name") or "",
            message.findtext("source") or "",
            message.findtext("translation") or "",
            message.find("translation[@type]") is None,
        )
        for context in ElementTree.parse(path).getroot().iter("context")
        for message in context.iter("message")
    ]


@pytest.mark.parametrize(("language", "month"), [("de", "Oktober"), ("en", "October")])
def test_days_are_written_in_the_language_of_the_window(qapp: QCoreApplication, language: str, month: str) -> None:
    before = QLocale()
    translators = qapp.findChildren(QTranslator)
    install_language(qapp, language)
    try:
        assert month in QLocale().toString(QDate(2026, 10, 19), QLocale.FormatType.LongFormat)
    finally:
        QLocale.setDefault(before)
        for translator in qapp.findChildren(QTranslator):
            if translator not in translators:
                qapp.removeTranslator(translator)


def test_there_is_a_file_for_every_language_but_english() -> None:
    assert {path.stem for path in TEXTS} == {f"livefollow_{name}" for name in OWN_NAMES if name != "en"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_text_of_the_code_lacks_a_translation(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    below = tmp_path / "messages.py"
    subprocess.run([sys.executable, str(LIST_MESSAGES), str(below)], check=True, capture_output=True)
    update = [sys.executable, "-m", "PyQt6.lupdate.pylupdate", "--no-obsolete", "--ts", str(copy)]
    subprocess.run([*update, str(FOLDER.parent), str(below)], check=True, capture_output=True)
    lacking = [source for _, source, translation, finished in messages(copy) if not (translation and finished)]
    assert lacking == [], "run `make translations`, fill them in, and run it again"
    assert len(messages(copy)) == len(messages(path)), "texts are gone: run `make translations`"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_translations_have_the_same_places_and_are_compiled(path: Path) -> None:
    translator = QTranslator()
    assert translator.load(path.stem, str(FOLDER))
    for context, source, translation, _ in messages(path):
        named = any(place != "{}" for place in PLACE.findall(source))
        places, kept = PLACE.findall(source), PLACE.findall(translation)
        assert (sorted(places) if named else places) == (sorted(kept) if named else kept), source
        assert source.count("&") == translation.count("&"), source
        assert source.endswith("…") == translation.endswith("…"), source
        assert translator.translate(context, source.encode()) == translation, "run `make translations`"


@pytest.mark.parametrize(
    ("chosen", "locale", "spoken"),
    [
        ("", "de_AT", "de"),
        ("", "en_GB", "en"),
        ("", "fr_FR", "en"),  # a draft
        ("fr", "en_GB", "fr"),
        ("de", "en_GB", "de"),
        ("en", "de_DE", "en"),
        ("xx", "de_DE", "en"),
    ],
)
def test_the_choice_counts_and_then_the_system(chosen: str, locale: str, spoken: str) -> None:
    assert spoken_language(chosen, QLocale(locale)) == spoken


def test_drafts_are_marked_where_a_language_is_chosen() -> None:
    names = dict(language_names())
    assert names["fr"] == "Français (brouillon)"
    assert names["de"] == "Deutsch"
    assert DRAFTS.keys() < OWN_NAMES.keys()


@pytest.fixture
def french(qapp: QCoreApplication) -> Iterator[None]:
    before = set(qapp.findChildren(QTranslator)), QLocale()
    install_language(qapp, "fr")
    yield
    QLocale.setDefault(before[1])
    for translator in set(qapp.findChildren(QTranslator)) - before[0]:
        qapp.removeTranslator(translator)


@pytest.fixture
def german(qapp: QCoreApplication) -> Iterator[None]:
    before = set(qapp.findChildren(QTranslator))
    install_language(qapp, "de")
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)


def texts(qtbot: QtBot, folder: Path) -> dict[str, str]:
    """Text of each action and menu of a new window."""
    preferences = open_preferences(folder)
    window = MainWindow(preferences)
    window.add_sound()
    window.add_practice()
    qtbot.addWidget(window)
    found = {action.objectName(): action.text() for action in window.findChildren(QAction) if action.objectName()}
    twice: list[str] = []
    for i, menu in enumerate(window.findChildren(QMenu)):
        found[f"menu {i}"] = menu.title()
        marks = Counter(re.findall(r"&(\w)", " ".join(a.text() for a in menu.actions()).lower().replace("&&", "")))
        twice += [f"{menu.title()}: {mark}" for mark, count in marks.items() if count > 1]
    window.close()
    preferences.close()
    assert twice == []
    return found


@pytest.mark.usefixtures("own_folders")
def test_every_action_is_german_in_a_german_window(
    qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    english = texts(qtbot, tmp_path)
    request.getfixturevalue("german")
    spoken = texts(qtbot, tmp_path)
    same = {text for name, text in english.items() if spoken[name] == text and text}
    assert same <= {*dict(language_names()).values(), "&Sepia", *(f"Finger &{k}" for k in range(1, 6))}


@pytest.mark.usefixtures("own_folders", "french")
def test_a_further_language_is_one_file(qtbot: QtBot, tmp_path: Path) -> None:
    spoken = texts(qtbot, tmp_path)  # and no mnemonic is wanted twice in a menu
    assert spoken["metronome"] == "&Métronome"
    assert spoken["quit"] == "&Quitter"


@pytest.mark.usefixtures("german")
def test_sentences_from_below_are_german_with_what_is_in_them() -> None:
    locked = PasswordError("{name} is encrypted; give its password.", name="/Noten/{a}.pdf").message
    assert in_language(locked) == "/Noten/{a}.pdf ist verschlüsselt; geben Sie das Passwort ein."
    assert in_language("/Noten/a.pdf is encrypted; give its password.").endswith("give its password."), "no data in it"


@pytest.mark.usefixtures("german")
def test_a_reason_that_is_a_message_is_german_too() -> None:
    reason = AudioError("there is no file {name}", name="a.wav")
    said = in_language(AudioError("{name} cannot be used: {reason}", name="b.csv", reason=reason).message)
    assert said == "b.csv lässt sich nicht benutzen: Eine Datei a.wav gibt es nicht"
