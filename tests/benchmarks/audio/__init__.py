"""Benchmarks of `livefollow/audio`."""
