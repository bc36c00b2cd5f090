"""The language of the window: the player's choice or the system's, with Qt's own texts in the same one.

`translations/livefollow_XX.ts` are the texts and `.qm` their compiled form: run `make translations`, fill in what is
unfinished, and run it again. English texts stand in the code.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parents[1] / "translations"
OWN_NAMES = {"en": "English", "de": "Deutsch", "fr": "Français"}
# Languages that nobody who speaks them has read through, each with its word for that: chosen by hand alone.
DRAFTS = {"fr": "brouillon"}

logger = logging.getLogger(__name__)


def spoken_language(language: str, locale: QLocale) -> str:
    """Return the language to use: the one chosen, else the first of the system that is no draft, else English."""
    wanted = [language] if language else [name.split("-")[0] for name in locale.uiLanguages()]
    known = OWN_NAMES.keys() - ({} if language else DRAFTS)
    return next((name for name in wanted if name in known), "en")


def install_language(application: QCoreApplication, language: str) -> None:
    """Set the language of everything that is created from now on.

    Args:
        application: gets and keeps the translators.
        language: such as `de`; empty for the system's. Unknown languages become English. Days are written in it, too.
    """
    system = QLocale.system()
    spoken = spoken_language(language, system)
    if QLocale(spoken).language() != system.language():  # else the country's way of writing days is kept
        QLocale.setDefault(QLocale(spoken))
    if spoken == "en":
        return
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", qt), ("livefollow", str(FOLDER))):
        translator = QTranslator(application)
        if translator.load(f"{name}_{spoken}", folder):
            application.installTranslator(translator)
        else:
            logger.warning("%s does not speak %s", name, spoken)


def language_names() -> list[tuple[str, str]]:
    """Return the languages that can be chosen, with the name of each in itself, and whether it is a draft."""
    return [(code, f"{name} ({DRAFTS[code]})" if code in DRAFTS else name) for code, name in OWN_NAMES.items()]
