"""Written music: notes, voices, repeats, and its files."""
