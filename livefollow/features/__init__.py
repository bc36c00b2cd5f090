"""Sound to frames: framing, the log-filterbank and the loudness that is taken out of it."""
