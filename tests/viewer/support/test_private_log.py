"""What is the player's does not come through: values, paths, names; the program's own words and numbers do."""

import logging
from collections.abc import Iterator

import pytest

from livefollow.errors import AudioError, Message
from livefollow.viewer.support.private_log import PrivateLog
from livefollow.viewer.support.reports import private_crash

SECRETS = ("Anna", "Mondschein", "/home", "AirPods")


@pytest.fixture
def log() -> Iterator[PrivateLog]:
    with PrivateLog().listening() as log:
        yield log


def said(log: PrivateLog) -> str:
    text = "\n".join(log.lines)
    assert not [secret for secret in SECRETS if secret in text]
    return text


def test_templates_and_numbers_are_kept_and_values_are_not(log: PrivateLog) -> None:
    logger = logging.getLogger("livefollow.audio.microphone")
    logger.setLevel(logging.INFO)
    logger.warning("%s", Message("waiting for {name}", name="Anna's AirPods"))
    logger.warning(Message("waiting still for {name}", name="Anna's AirPods"))
    logger.info("sound again after %.1f s", 2.25)
    logger.info("%s is read", "Mondschein.pdf")
    logger.warning("%s", AudioError("{name} is damaged", name="/home/anna/Mondschein.ogg"))
    text = said(log)
    for words in ("waiting for {name}", "waiting still", "after 2.2 s", "… is read", "AudioError: {name} is damaged"):
        assert words in text


def test_an_error_says_where_and_of_what_kind(log: PrivateLog) -> None:
    logger = logging.getLogger("livefollow.viewer")
    for error in (ZeroDivisionError("by zero"), ValueError("Anna"), FileNotFoundError(2, "No such file", "/home/Anna")):
        try:
            raise error
        except (ArithmeticError, ValueError, OSError):
            logger.exception("Unexpected%s", " in Anna's thread")
    text = said(log)
    assert "test_private_log.py, line" in text
    for words in ("ZeroDivisionError: by zero", "ValueError", "FileNotFoundError: No such file"):
        assert words in text


def test_of_libraries_only_qt_is_quoted_and_without_paths(log: PrivateLog) -> None:
    logging.getLogger("qt.qpa").warning("%s", "cannot open /home/anna/Mondschein.pdf for reading")
    logging.getLogger("somebody").warning("Anna plays")
    assert "cannot open …" in said(log)


@pytest.mark.parametrize(
    "path",
    [
        "/home/Anna K/Mondschein op. 27.pdf",
        r"C:\Users\Anna K\Mondschein 1.pdf",
        r"\\nas\An Anna\x",
        "D:Anna Mondschein",
    ],
)
def test_of_a_path_with_spaces_nothing_is_left(log: PrivateLog, path: str) -> None:
    logging.getLogger("qt.qpa").warning("cannot open %s: no such file", path)
    logging.getLogger("qt.qpa").warning("the next line")
    text = said(log)
    assert "cannot open …" in text
    assert "the next line" in text


def test_the_newest_are_kept(log: PrivateLog) -> None:
    for number in range(1000):
        logging.getLogger("livefollow").warning("line %d", number)
    assert len(log.lines) < 1000
    assert log.lines[-1].endswith("line 999")


def test_a_crash_names_files_without_their_folders() -> None:
    crash = 'Fatal Python error: Segmentation fault\n  File "/home/Anna/livefollow/app.py", line 5 in run\n'
    told = private_crash(crash + '  File "C:\\Users\\Anna\\x.py", line 1 in f')
    assert not [secret for secret in SECRETS if secret in told]
    assert 'File "app.py", line 5 in run' in told
    assert 'File "x.py"' in told
