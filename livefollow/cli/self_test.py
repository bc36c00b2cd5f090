"""`livefollow --self-test`: whether what is installed works, by following ten seconds of the demo.

The whole way is tried: the score is read by its own process, the networks run, a real window is painted on no screen.
Nobody hears anything, and nothing of the user's is read or written.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from livefollow import __version__
from livefollow.demo import demo_folder, demo_recording, demo_score
from livefollow.errors import LivefollowError

if TYPE_CHECKING:
    from livefollow.follow.agent import Agent
    from livefollow.follow.position import Position
    from livefollow.networks.manifest import Provider

LISTENED_S = 10.0  # of the demo's recording
LIMIT_S = 120.0  # for all of it, on a slow machine
ONSET_S = 0.5  # an onset shown with no larger error is followed
ENOUGH = 0.95  # of the onsets are to be followed
HOMES = ("CONFIG", "DATA", "STATE", "CACHE")


class SelfTestError(LivefollowError):
    """Something that is installed does not work."""


def run(models: Path | None, agent: str | None, provider: Provider) -> int:
    """Try everything, and print what runs on what.

    Args:
        models, agent, provider: as for the window.

    Returns:
        Exit code 0: all is well.

    Raises:
        LivefollowError: something does not work.
    """
    print(f"livefollow {__version__}, Python {platform.python_version()}, {platform.platform()}")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="livefollow-") as folder:
        for name in HOMES:
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        _say_what_sound_there_is()
        _say_what_midi_there_is()
        positions = _followed_in_a_window(Path(folder), models, agent, provider)
    share, onsets = _share_followed(positions)
    print(f"following: {share:.0%} of {onsets} onsets within {ONSET_S:g} s")
    if share < ENOUGH:
        raise SelfTestError("The demo is not followed; install livefollow again.")
    print("All well.")
    return 0


def _say_what_sound_there_is() -> None:
    """A machine without a microphone is no failure."""
    from livefollow.audio.devices import list_inputs  # noqa: PLC0415

    try:
        inputs = list_inputs()
    except LivefollowError as error:
        print(f"sound: {error}")
    else:
        print(f"sound: {len(inputs)} input{'' if len(inputs) == 1 else 's'}, PortAudio answers")


def _say_what_midi_there_is() -> None:
    """Pedals and keyboards by MIDI are an extra, and a machine may have none."""
    from livefollow.audio.midi import rtmidi  # noqa: PLC0415

    try:
        rtmidi()
    except LivefollowError as error:
        print(f"MIDI: {error}")
    else:
        print("MIDI: python-rtmidi is there")


def _followed_in_a_window(folder: Path, models: Path | None, name: str | None, provider: Provider) -> list[Position]:
    """The positions that a window has shown in the first seconds of the demo.

    Raises:
        LivefollowError: there is no Qt, or the score, the networks or the following fail.
    """
    from livefollow.viewer.desktop.display import missing_library  # noqa: PLC0415

    try:
        from PyQt6.QtCore import PYQT_VERSION_STR, QT_VERSION_STR, QEvent, QTimer  # noqa: PLC0415
        from PyQt6.QtWidgets import QApplication  # noqa: PLC0415
    except ImportError as error:
        raise missing_library(error) from error

    from livefollow.audio.file import FileSource  # noqa: PLC0415
    from livefollow.follow.agent import open_agent  # noqa: PLC0415
    from livefollow.score.score import Score  # noqa: PLC0415
    from livefollow.viewer.desktop.log import logged  # noqa: PLC0415
    from livefollow.viewer.session.session import Session  # noqa: PLC0415
    from livefollow.viewer.settings.preferences import open_preferences  # noqa: PLC0415
    from livefollow.viewer.window import MainWindow  # noqa: PLC0415

    shown: list[Position] = []
    failures: list[str] = []

    def make_agent() -> Agent:
        agent = open_agent(name, models, provider)
        print("networks:", ", ".join(f"{network.name} on {network.provider}" for network in agent.networks))
        return agent

    def make_session(agent: Agent, score: Score) -> Session:
        return Session(agent, score, FileSource(demo_recording(), realtime=True))

    def take(positions: list[Position]) -> None:
        shown.extend(positions)
        if shown[-1].time_s >= LISTENED_S:
            window.close()

    def fail(sentence: object) -> None:
        failures.append(str(sentence))
        window.close()

    def watch(session: Session) -> None:
        session.moved.connect(take)
        session.failed.connect(fail)

    with logged(folder):
        application = QApplication.instance() or QApplication(sys.argv[:1])
        preferences = open_preferences(folder)
        window = MainWindow(preferences, make_agent, make_session)
        window.openings.failed.connect(fail)
        window.openings.no_agent.connect(fail)
        window.open_score.session_made.connect(watch)
        window.closing.connect(application.quit)
        window.show()
        print(f"window: Qt {QT_VERSION_STR}, PyQt {PYQT_VERSION_STR}, painted on no screen")
        window.openings.open(demo_score())
        QTimer.singleShot(round(1000 * LIMIT_S), window.close)
        application.exec()
        preferences.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if failures:
        raise SelfTestError("The demo cannot be followed: {reason}", reason=failures[0])
    if not shown or shown[-1].time_s < LISTENED_S:
        raise SelfTestError("The demo was not heard to its end within {limit} s.", limit=f"{LIMIT_S:g}")
    return shown


def _share_followed(positions: list[Position]) -> tuple[float, int]:
    """Of the onsets that have sounded, those that were shown in time; and how many have sounded."""
    import numpy as np  # noqa: PLC0415

    from livefollow.evaluate.cases import load_case  # noqa: PLC0415
    from livefollow.evaluate.metrics import HEARING_S, onset_errors  # noqa: PLC0415
    from livefollow.follow.track import Track  # noqa: PLC0415

    case = load_case(demo_folder())
    assert case.truth
    columns = {f.name: np.array([getattr(position, f.name) for position in positions]) for f in fields(Track)}
    errors = onset_errors(case.truth, Track(**columns), case.staff_space)
    sounded = errors.onset + HEARING_S <= LISTENED_S
    return float(np.mean(np.abs(errors.seconds[sounded]) <= ONSET_S)), int(sounded.sum())
