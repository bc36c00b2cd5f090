"""livefollow: follows a pianist in the picture of the score."""

__version__ = "0.1.0"
