"""Which page: turned by the follower or by hand, places, repeats of the player's own, bar numbers."""
