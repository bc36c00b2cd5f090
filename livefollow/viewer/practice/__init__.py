"""Practice: loops, recordings, their replay and films."""
