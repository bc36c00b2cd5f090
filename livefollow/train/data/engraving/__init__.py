"""Scores engraved by LilyPond, Verovio and MuseScore, each notehead found on its page."""
