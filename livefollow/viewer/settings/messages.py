"""Translates the messages of the parts of the program that know nothing of Qt.

They write English; a `Message` carries its template and values, and the template is translated here, where it is
shown. `packaging/list_messages.py` finds the templates for the translator.
"""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from livefollow.errors import Message

CONTEXT = "sentences"  # of the templates in the translation files


def in_language(sentence: str) -> str:
    """Return a message in the player's language, as the window shows it; any other sentence unchanged."""
    if not isinstance(sentence, Message):
        return sentence
    said = _translated(sentence)
    begins_with_name = sentence.template.startswith("{")
    return said if begins_with_name else said[:1].upper() + said[1:]  # on the command line it follows a colon


def _translated(message: Message) -> str:
    template = QCoreApplication.translate(CONTEXT, message.in_window or message.template)
    values = {name: _translated(v) if isinstance(v, Message) else v for name, v in message.values.items()}
    return template.format(**values) if values else template
