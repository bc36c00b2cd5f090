"""Benchmark cases: a score, its recording, and where the player was at each onset."""
