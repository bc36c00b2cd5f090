"""livefollow: follows a pianist in the picture of the score.

Nothing leaves the computer: whoever imports any part of livefollow, a child process too, has switched off the
telemetry of ONNX Runtime before that can be loaded, because it reads this variable once, when it is.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # its `disable_telemetry_events()` comes too late: the device's id is written

__version__ = "0.1.0"
