"""Frames and strip become positions, and positions become page turns."""
