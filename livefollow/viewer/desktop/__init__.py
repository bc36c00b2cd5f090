"""The app on the desktop: display, log, signals, crash dialog and wake lock."""
