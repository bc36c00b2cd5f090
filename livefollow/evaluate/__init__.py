"""How well a follower follows: cases with their truth, figures, cursors that cannot hear, films, reports."""
