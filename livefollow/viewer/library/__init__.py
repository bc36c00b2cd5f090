"""Which score: opened, recent, and in a setlist."""
