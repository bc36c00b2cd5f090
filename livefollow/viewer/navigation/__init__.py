"""Moving in the score: page turns, places, start and repeats of the player's own, bar numbers."""
