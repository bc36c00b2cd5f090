"""Scores to choose from: opening, recent scores, setlists."""
