"""Everything livefollow says no to, each with the exit code the command line ends with.

The message is one sentence for the person at the piano: what is wrong, and what to do.
"""


class LivefollowError(Exception):
    """Base of all errors that are shown to the user as a sentence."""

    exit_code = 1


class DeviceError(LivefollowError):
    """No such device, or it cannot be used: a sound input, or the GPU."""

    exit_code = 3


class ScoreError(LivefollowError):
    """The score cannot be read; the message says what and where."""

    exit_code = 4


class PasswordError(ScoreError):
    """The score is encrypted and the password is missing or wrong."""


class ModelError(LivefollowError):
    """A network is missing, damaged, or made for other constants."""

    exit_code = 5


class AudioError(LivefollowError):
    """A recording cannot be read."""

    exit_code = 6
