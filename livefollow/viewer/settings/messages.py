"""What the parts without a screen say, in the player's language.

Sound, score and follower say what is wrong in English, with names and numbers in it, and know nothing of Qt. Here
stand the same sentences with places for those; a sentence that is recognised is said again in the player's language,
any other as it is. Advice for the command line is replaced by what can be done in the window. A test finds the
sentences in the code that are missing here.
"""

from __future__ import annotations

import re
from functools import cache

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

CONTEXT = "sentences"
SENTENCES = (
    # score
    QT_TRANSLATE_NOOP("sentences", "{name} is too damaged or too large to be opened; try a freshly exported copy."),
    QT_TRANSLATE_NOOP("sentences", "{name} is encrypted; give its password."),
    QT_TRANSLATE_NOOP("sentences", "The password of {name} is wrong; try another."),
    QT_TRANSLATE_NOOP("sentences", "{name} is damaged beyond repair, or no PDF at all; try another copy."),
    QT_TRANSLATE_NOOP("sentences", "{name} has no pages, or lost them to damage; try another copy."),
    QT_TRANSLATE_NOOP("sentences", "{name} has more than {count} pages; take out those you play from."),
    QT_TRANSLATE_NOOP("sentences", "{name} is a damaged picture; try another copy."),
    QT_TRANSLATE_NOOP("sentences", "{name} is closed."),
    QT_TRANSLATE_NOOP("sentences", "The page reader does not start; install livefollow anew."),
    QT_TRANSLATE_NOOP("sentences", "{name} can no longer be read ({reason})."),
    QT_TRANSLATE_NOOP("sentences", "{name} is damaged; some of its music may be missing."),
    QT_TRANSLATE_NOOP("sentences", "{name} is left out: livefollow cannot read it; save it as JPEG."),
    QT_TRANSLATE_NOOP("sentences", "{names} are left out: livefollow cannot read them; save them as JPEG."),
    QT_TRANSLATE_NOOP("sentences", "Page {number} cannot be read; a grey page stands in its place."),
    QT_TRANSLATE_NOOP("sentences", "Page {number} cannot be shown; a grey page stands in its place."),
    QT_TRANSLATE_NOOP("sentences", "Page {number} is more than {length} points long; a grey page stands in its place."),
    QT_TRANSLATE_NOOP(
        "sentences", "{name} is no score that can be opened; livefollow reads PDF, PNG, JPEG, TIFF and WebP files."
    ),
    QT_TRANSLATE_NOOP(
        "sentences", "The folder {name} has no PDF, PNG, JPEG, TIFF or WebP files; choose a file or another folder."
    ),
    QT_TRANSLATE_NOOP("sentences", "The folder {name} has more than {count} files; choose one with a single score."),
    QT_TRANSLATE_NOOP("sentences", "{name} is empty; try another copy."),
    QT_TRANSLATE_NOOP("sentences", "{name} is larger than {size} MB; save it smaller, or as several files."),
    QT_TRANSLATE_NOOP("sentences", "{name} is a HEIC photo; save it as JPEG."),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be read ({reason}); check its permissions."),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be read ({reason}); check the name and the folder."),
    QT_TRANSLATE_NOOP("sentences", "{name} is no ordinary file; livefollow reads PDF, PNG, JPEG, TIFF and WebP files."),
    QT_TRANSLATE_NOOP("sentences", "{name} does not exist; check the name and the folder."),
    QT_TRANSLATE_NOOP("sentences", "{name} may not be read; check its permissions."),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be read ({reason})."),
    QT_TRANSLATE_NOOP(
        "sentences",
        "Page {number} looks misread (no staff systems were found). "
        "Fix staff detection shows and corrects what was seen.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "Page {number} looks misread (systems seem to be taken for one). "
        "Fix staff detection shows and corrects what was seen.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "Page {number} looks misread (a single staff stands alone). "
        "Fix staff detection shows and corrects what was seen.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "Page {number} looks misread (systems overlap). Fix staff detection shows and corrects what was seen.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "Page {number} looks misread (a system is much larger or smaller than the others). "
        "Fix staff detection shows and corrects what was seen.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "Page {number} looks misread (a system is much wider or narrower than the others). "
        "Fix staff detection shows and corrects what was seen.",
    ),
    QT_TRANSLATE_NOOP(
        "sentences",
        "Page {number} looks misread (there seem to be more staves). "
        "Fix staff detection shows and corrects what was seen.",
    ),
    QT_TRANSLATE_NOOP("sentences", "A system needs at least one staff with a width and a height."),
    QT_TRANSLATE_NOOP("sentences", "A system needs a width and a height: drag a larger box."),
    # setlist
    QT_TRANSLATE_NOOP("sentences", "{name} is no setlist; it needs the path of a score on each line."),
    QT_TRANSLATE_NOOP("sentences", "{name} names more than {count} scores; make two setlists of it."),
    QT_TRANSLATE_NOOP("sentences", "{name} is too large for a setlist; it is a text file with a path on each line."),
    QT_TRANSLATE_NOOP("sentences", "The name of {name} has a line break in it; rename the file."),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be written ({reason}); choose another folder."),
    # settings
    QT_TRANSLATE_NOOP(
        "sentences", "{name} cannot be written ({reason}); what was changed is lost when livefollow is closed."
    ),
    # recordings
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be written to ({reason})."),
    QT_TRANSLATE_NOOP("sentences", "The disk is too slow: the recording has ended."),
    QT_TRANSLATE_NOOP("sentences", "The recording has ended: it cannot be written any more ({reason})."),
    QT_TRANSLATE_NOOP("sentences", "{name} has no positions beside it: there is no {other}."),
    QT_TRANSLATE_NOOP("sentences", "The positions beside {name} cannot be read: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "{name} was played from another score: open that one first."),
    # session
    QT_TRANSLATE_NOOP("sentences", "Something went wrong inside ({reason}); the log says more."),
    # sound
    QT_TRANSLATE_NOOP("sentences", "there is no sound input number {number}, only {names}"),
    QT_TRANSLATE_NOOP(
        "sentences", "several sound inputs are named like {name}: {names}. Give more of the name, or the number."
    ),
    QT_TRANSLATE_NOOP("sentences", "there is no sound input; plug in a microphone and try again"),
    QT_TRANSLATE_NOOP("sentences", "no sound input is named like {name}, only {names}"),
    QT_TRANSLATE_NOOP(
        "sentences",
        "sound input needs the PortAudio library ({reason}); on Debian or Ubuntu: sudo apt install libportaudio2",
    ),
    QT_TRANSLATE_NOOP("sentences", "PortAudio does not start: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "PortAudio does not start again: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "the sound inputs cannot be listed: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "no sound input can be looked for while a recording is played; wait for its end"),
    QT_TRANSLATE_NOOP("sentences", "{name} does not open: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be used: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "its driver still hangs, and PortAudio would hang with it"),
    QT_TRANSLATE_NOOP("sentences", "it is not there"),
    QT_TRANSLATE_NOOP("sentences", "{name} is not there: listening to {other}"),
    QT_TRANSLATE_NOOP("sentences", "the microphone sends digital silence: is it muted?"),
    QT_TRANSLATE_NOOP(
        "sentences",
        "the channels cancel each other out, as a balanced microphone's do in a stereo input: "
        "their difference is heard",
    ),
    QT_TRANSLATE_NOOP("sentences", "the microphone sends nothing any more; waiting for {name}"),
    QT_TRANSLATE_NOOP("sentences", "there is no file {name}"),
    QT_TRANSLATE_NOOP("sentences", "{name} is a folder, not a recording"),
    QT_TRANSLATE_NOOP("sentences", "{name} holds no sound"),
    QT_TRANSLATE_NOOP("sentences", "{name} is empty"),
    QT_TRANSLATE_NOOP("sentences", "{name} cannot be read as sound (WAV, FLAC, OGG or MP3): {reason}"),
    QT_TRANSLATE_NOOP("sentences", "{name} is damaged from its first sample on: {reason}"),
    QT_TRANSLATE_NOOP("sentences", "{name} is damaged after {seconds} s and ends there"),
)
# What these say of the command line is of no use in the window.
IN_WINDOW = {
    "{name} shows no staff systems: there is nothing to follow; `livefollow strip` shows what the program sees.": (
        QT_TRANSLATE_NOOP("sentences", "{name} shows no staff systems: there is nothing to follow.")
    ),
    "No note could be read in {name}, though it has staves: there is nothing to follow; "
    "`livefollow strip` shows what the program sees.": (
        QT_TRANSLATE_NOOP(
            "sentences", "No note could be read in {name}, though it has staves: there is nothing to follow."
        )
    ),
    "there is no sound input number {number}; see `livefollow --list-devices`": (
        QT_TRANSLATE_NOOP("sentences", "there is no sound input number {number}; choose one in the menu Sound")
    ),
    "there is no sound input; plug one in and look with `livefollow --list-devices`": (
        QT_TRANSLATE_NOOP("sentences", "there is no sound input; plug one in and choose it in the menu Sound")
    ),
    "no sound input is named like {name}; see `livefollow --list-devices`": (
        QT_TRANSLATE_NOOP("sentences", "no sound input is named like {name}; choose one in the menu Sound")
    ),
    "sound input needs the PortAudio library ({reason}); on Debian or Ubuntu: sudo apt install libportaudio2": (
        QT_TRANSLATE_NOOP(
            "sentences", "sound input needs the PortAudio library ({reason}); install the package libportaudio2"
        )
    ),
}
PLACE = re.compile(r"\\{(\w+)\\}")


def in_language(sentence: str) -> str:
    """A sentence in the player's language where it is one of those above, else as it is."""
    for pattern, source in _patterns():
        found = pattern.fullmatch(sentence)
        if found:
            said = QCoreApplication.translate(CONTEXT, IN_WINDOW.get(source, source))
            if source[0].islower():  # on the command line it stands after a colon
                said = said[0].upper() + said[1:]
            return said.format(**found.groupdict())
    return sentence


def is_known(sentence: str) -> bool:
    """Whether a sentence is one of those above."""
    return any(pattern.fullmatch(sentence) for pattern, _ in _patterns())


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Each sentence as a pattern with its places; those with the most words of their own first."""
    by_length = sorted((*SENTENCES, *IN_WINDOW), key=lambda source: -len(re.sub(r"\{\w+\}", "", source)))
    return [(re.compile(PLACE.sub(r"(?P<\1>.+)", re.escape(source)), re.DOTALL), source) for source in by_length]
