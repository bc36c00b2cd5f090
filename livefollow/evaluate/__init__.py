"""Measure followers: cases with their truth, metrics, baselines that cannot hear, reports."""
