"""The app: a window on a score, in which a recording plays the pianist."""

from __future__ import annotations

import argparse
import sys


def run(args: argparse.Namespace) -> int:
    """Show the window until it is closed.

    Raises:
        LivefollowError: the score, the sound or the networks cannot be used.
    """
    # Qt, sound and networks are loaded only here.
    from PyQt6.QtWidgets import QApplication  # noqa: PLC0415

    from livefollow.audio.file import FileSource  # noqa: PLC0415
    from livefollow.audio.playback import Playback  # noqa: PLC0415
    from livefollow.features.capture import Capture  # noqa: PLC0415
    from livefollow.follow.agent import open_agent  # noqa: PLC0415
    from livefollow.score.score import Score  # noqa: PLC0415
    from livefollow.viewer.session import Session  # noqa: PLC0415
    from livefollow.viewer.window import Window  # noqa: PLC0415

    agent = open_agent(args.agent, args.models, args.provider)
    source = FileSource(args.audio, realtime=True)
    with source:  # found out before there is a window
        pass
    playback = Playback(args.audio)
    with Score(args.score, password=args.password) as score:
        application = QApplication.instance() or QApplication(sys.argv[:1])
        session = Session(agent, score, Capture(source), playback.start)
        window = Window(score, session)
        window.show()
        session.start()
        try:
            application.exec()
        finally:
            window.close()
            playback.stop()
    return 0
