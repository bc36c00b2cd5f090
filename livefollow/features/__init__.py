"""Sound to frames: framing, the log-filterbank and its normalisation to one loudness."""
