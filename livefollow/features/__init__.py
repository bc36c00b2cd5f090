"""Sound to frames: framing and the log-filterbank."""
