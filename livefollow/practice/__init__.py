"""What a practice session shows of itself: passes, stops, restarts and tempo, from the positions that were followed."""
