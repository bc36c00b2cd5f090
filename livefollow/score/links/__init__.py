"""Links between places of a score: what they are, how often they are taken, and which ones are printed."""
