"""Writing on the score: tools, strokes, what is painted, and the copy for other readers."""
