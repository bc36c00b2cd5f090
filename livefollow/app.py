"""The app: puts score, sound, agent and window together."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from livefollow.errors import ScoreError
from livefollow.score.files import shown

if TYPE_CHECKING:
    from livefollow.follow.agent import Agent

APP_ID = "org.livefollow.livefollow"
ICON = Path(__file__).parent / "viewer" / "livefollow.svg"


def run(args: argparse.Namespace) -> int:
    """Show the window until it is closed.

    Raises:
        LivefollowError: a score does not exist, the recording or the device that was asked for cannot be used, or
            there is no display.
    """
    _check_arguments(args)
    # Qt, sound and networks are loaded only here.
    import platformdirs  # noqa: PLC0415
    from PyQt6.QtCore import QEvent, QSettings  # noqa: PLC0415

    from livefollow.viewer.desktop.display import check_display, missing_library  # noqa: PLC0415

    try:
        from PyQt6.QtGui import QIcon  # noqa: PLC0415
        from PyQt6.QtWidgets import QApplication  # noqa: PLC0415
    except ImportError as error:
        raise missing_library(error) from error

    from livefollow.follow.agent import open_agent  # noqa: PLC0415

    def load() -> Agent:
        return open_agent(args.agent, args.models, args.provider)

    make_agent = _loaded_early(load) if args.files else load

    from livefollow.score.score import Score  # noqa: PLC0415
    from livefollow.viewer.desktop.crash_dialog import CrashHandler  # noqa: PLC0415
    from livefollow.viewer.desktop.log import logged  # noqa: PLC0415
    from livefollow.viewer.desktop.signals import quits_on_signals  # noqa: PLC0415
    from livefollow.viewer.session.session import Session  # noqa: PLC0415
    from livefollow.viewer.settings.language import install_language  # noqa: PLC0415
    from livefollow.viewer.settings.preferences import open_preferences  # noqa: PLC0415
    from livefollow.viewer.support.private_log import PrivateLog  # noqa: PLC0415
    from livefollow.viewer.window import MainWindow  # noqa: PLC0415

    check_display()
    preferences = open_preferences()

    def make_session(agent: Agent, score: Score) -> Session:
        return Session(agent, score, sound.source(score.document.path))

    # Qt's file dialog shares its folders with all programs unless it is told where livefollow keeps its settings.
    own_folder = str(platformdirs.user_config_path("livefollow"))
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, own_folder)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    QApplication.setApplicationName("livefollow")
    QApplication.setDesktopFileName(APP_ID)
    QApplication.setWindowIcon(QIcon(str(ICON)))
    with PrivateLog().listening() as recent, logged() as log, CrashHandler(log).caught() as crash_handler:
        install_language(application, preferences.values.language)
        window = crash_handler.window = MainWindow(preferences, make_agent, make_session, log)
        sound = window.add_sound(audio=args.audio, device=args.device, statistics=args.stats)
        window.add_practice()
        crash_handler.keep = window.add_reports(log, recent).keep
        window.show()
        window.library.open(args.files, args.password)
        for complaint in (preferences.complaint, window.library.books.keeper.catalogue.complaint):
            if complaint:
                window.bar.say(complaint)
        try:
            with quits_on_signals(window.close):
                application.exec()
        finally:
            window.close()
            preferences.close()
            # Delete Qt's objects before Qt itself, independent of Python's order.
            window.deleteLater()
            application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return 0


def _loaded_early(load: Callable[[], Agent]) -> Callable[[], Agent]:
    """Load the first agent on a thread of its own while the window is made, and others when they are asked for.

    Args:
        load: loads one; what it raises is raised when the first one is asked for.
    """
    thread = ThreadPoolExecutor(1, thread_name_prefix="networks")
    first = [thread.submit(load)]
    thread.shutdown(wait=False)

    def make() -> Agent:
        return first.pop().result() if first else load()

    return make


def _check_arguments(args: argparse.Namespace) -> None:
    """Check scores, recording and device before there is a window.

    Raises:
        LivefollowError: see `run`.
    """
    from livefollow.audio.devices import find_input  # noqa: PLC0415
    from livefollow.audio.file import FileSource  # noqa: PLC0415

    for path in args.files:
        _check_exists(path)
    if args.audio:
        with FileSource(args.audio, realtime=True):
            pass
    if args.device is not None:
        find_input(args.device)


def _check_exists(path: Path) -> None:
    """Check that a file or folder exists.

    Raises:
        ScoreError: it does not exist, or cannot be accessed.
    """
    try:
        path.stat()
    except FileNotFoundError as error:
        hint = "" if path.suffix or path.parent.name else ", or see `livefollow --help` for the commands"
        raise ScoreError(f"{shown(path)} does not exist; check the name and the folder{hint}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ScoreError(f"{shown(path)} cannot be read ({reason}); check the name and the folder.") from error
