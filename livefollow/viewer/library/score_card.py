"""What is known of the chosen score of the library, and what the player says of it. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from livefollow.score.files import shown
from livefollow.viewer.library.catalogue import Entry
from livefollow.viewer.library.covers import last_words

WIDTH_PX = 236
MOST_TAGS = 20


class ScoreCard(QWidget):
    """Shows one score beside the covers, and lets the player name and mark it.

    Attributes:
        open_wanted: open the score.
        setlist_wanted: add the score to the setlist.
        described: what the player has changed: a dict with title, composer, tags or favourite.
    """

    open_wanted = pyqtSignal()
    setlist_wanted = pyqtSignal()
    described = pyqtSignal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without a score."""
        super().__init__(parent)
        self.setFixedWidth(WIDTH_PX)
        self._entry: Entry | None = None
        self.title, self.composer, self.tags = QLineEdit(), QLineEdit(), QLineEdit()
        self.tags.setPlaceholderText(self.tr("exam, sight-reading, …"))
        self.favourite = QCheckBox(self.tr("&Favourite"))
        self.open = QPushButton(self.tr("&Open"))
        self.to_setlist = QPushButton(self.tr("&Add to the Setlist"))
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for label, field in (
            (self.tr("Title"), self.title),
            (self.tr("Composer"), self.composer),
            (self.tr("Tags, with commas between"), self.tags),
        ):
            field.setAccessibleName(label)
            form.addRow(label, field)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.favourite)
        column.addWidget(self._about)
        column.addStretch()
        column.addWidget(self.open)
        column.addWidget(self.to_setlist)
        self.title.editingFinished.connect(lambda: self._tell("title", self.title.text().strip()))
        self.composer.editingFinished.connect(lambda: self._tell("composer", self.composer.text().strip()))
        self.tags.editingFinished.connect(lambda: self._tell("tags", tags_of(self.tags.text())))
        self.favourite.toggled.connect(lambda on: self._tell("favourite", on))
        self.open.clicked.connect(lambda _=False: self.open_wanted.emit())
        self.to_setlist.clicked.connect(lambda _=False: self.setlist_wanted.emit())
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show a score; None if none is chosen."""
        same = entry and self._entry and entry.path == self._entry.path
        self._entry = entry
        self.setEnabled(entry is not None)
        fields = (self.title, self.composer, self.tags)
        if not (same and any(field.hasFocus() for field in fields)):  # what is being typed stays
            for field, text in zip(fields, _texts(entry), strict=True):
                field.setText(text)
        self.favourite.blockSignals(True)
        self.favourite.setChecked(bool(entry and entry.favourite))
        self.favourite.blockSignals(False)
        known = bool(entry and entry.content_hash)
        for widget in (*fields, self.favourite):
            widget.setEnabled(known)
        self._about.setText(self._words(entry) if entry else "")

    def _words(self, entry: Entry) -> str:
        lines = [last_words(entry)]
        if entry.locked:
            lines.append(self.tr("Needs a password"))
        if entry.pages:
            lines.append(self.tr("1 page") if entry.pages == 1 else self.tr("{} pages").format(entry.pages))
        return "\n".join(filter(None, (*lines, shown(entry.path))))

    def _tell(self, name: str, value: object) -> None:
        if self._entry and getattr(self._entry, name) != value:
            self.described.emit({name: value})


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags that the player has written, with commas between, each once."""
    tags = (" ".join(part.split()) for part in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]


def _texts(entry: Entry | None) -> tuple[str, str, str]:
    return (entry.title, entry.composer, ", ".join(entry.tags)) if entry else ("", "", "")
