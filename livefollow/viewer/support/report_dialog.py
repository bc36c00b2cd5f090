"""Shows a report of a problem: to be read, copied, or saved. Window thread only."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtGui import QFontDatabase, QGuiApplication
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from livefollow.storage import write_whole

SIZE = 720, 560  # px
NAME = "livefollow-problem.txt"


class ReportDialog(QDialog):
    """A report, which nobody has sent."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Show a text.

        Args:
            text: the report.
            parent: window.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report a Problem"))
        self.resize(*SIZE)
        hint = QLabel(
            self.tr(
                "This is what livefollow knows about the problem. Nothing of it has been sent. Read it, add what you "
                "did and what you expected, and send it to whom you like."
            )
        )
        hint.setWordWrap(True)
        self._said = QLabel()
        self._said.setAccessibleName(self.tr("What happened"))
        self._text = QPlainTextEdit(text)
        self._text.setAccessibleName(self.tr("Report"))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("C&opy"), QDialogButtonBox.ButtonRole.ActionRole)
        save = buttons.addButton(self.tr("&Save …"), QDialogButtonBox.ButtonRole.ActionRole)
        if copy and save:
            copy.clicked.connect(self.copy)
            save.clicked.connect(self._ask)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (hint, self._text, self._said, buttons):
            column.addWidget(widget)

    @property
    def text(self) -> str:
        """The report, as the player has changed it."""
        return self._text.toPlainText()

    def copy(self) -> None:
        """Copy all of the report to the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if clipboard:
            clipboard.setText(self.text)
            self._said.setText(self.tr("Copied."))

    def save(self, path: Path) -> None:
        """Save the report, or say why it cannot be saved."""
        try:
            write_whole(path, self.text)
            self._said.setText(self.tr("Saved as {}.").format(path.name))
        except OSError as error:
            self._said.setText(self.tr("It cannot be saved: {}.").format(error.strerror))

    def _ask(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the Report"), str(Path.home() / NAME))
        if name:
            self.save(Path(name))
