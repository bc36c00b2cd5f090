"""The localizer: a hidden Markov model of where in the score the player is."""
