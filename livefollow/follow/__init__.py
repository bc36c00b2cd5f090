"""Frames and score become positions: agents, the follower that feeds them, and their ways of following."""
