"""Practice: loops, recordings, their playback and films."""
