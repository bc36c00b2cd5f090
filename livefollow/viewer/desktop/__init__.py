"""The app as one of the desktop: its log, signals, crash dialog and wake lock."""
