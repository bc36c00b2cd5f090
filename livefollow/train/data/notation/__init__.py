"""Music as it is written: notes, voices, repeats, and the files it comes from and goes to."""
