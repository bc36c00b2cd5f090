"""Scores in trouble: spoilt pages, pictures and documents, and how many of each kind are read right."""
