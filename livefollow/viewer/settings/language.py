"""The language of the window: the player's choice or the system's, with Qt's own words in the same one.

`translations/livefollow_XX.ts` are the texts, `.qm` what is made of them: `make translations`, then fill in what is
unfinished, then again. English is what stands in the code.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parents[1] / "translations"
OWN_NAMES = {"en": "English", "de": "Deutsch"}

logger = logging.getLogger(__name__)


def spoken_language(language: str, locale: QLocale) -> str:
    """The language to speak: the one that was chosen, else the first of the system's that is known, else English."""
    wanted = [language] if language else [name.split("-")[0] for name in locale.uiLanguages()]
    return next((name for name in wanted if name in OWN_NAMES), "en")


def install_language(application: QCoreApplication, language: str) -> None:
    """Have everything that is made from now on speak a language.

    Args:
        application: that speaks, and keeps what it needs for that.
        language: such as `de`; empty for the system's. English where it is not known.
    """
    spoken = spoken_language(language, QLocale.system())
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
    """Languages that can be chosen, and what each calls itself."""
    return list(OWN_NAMES.items())
