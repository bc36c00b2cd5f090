"""livefollow: follows a pianist in the picture of the score.

Nothing leaves the computer: importing any part of livefollow, also in a child process, switches off the telemetry of
ONNX Runtime, which reads this variable once, when it is loaded.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = (
    "1"  # `disable_telemetry_events()` comes too late: the device id is written before
)

__version__ = "0.1.0"
