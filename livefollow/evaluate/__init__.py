"""How well a follower follows: cases with their truth, metrics, baselines that cannot hear, reports."""
