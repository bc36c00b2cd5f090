"""Music as it is played: tempo, route through repeats, slips, pedal."""
