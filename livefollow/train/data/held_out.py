"""What nothing may be learned from: splits, piano, rooms, instruments, singer and font kept for evaluation."""

from __future__ import annotations

# Nothing may be learned from them.
EVALUATION_SPLITS = ("valid", "test", "nottingham-valid", "nottingham-test", "songs-valid")
HELD_OUT_SPLITS = ("valid", "test")  # engraved in the held-out font, which no other split ever is

HELD_OUT_PIANO = "salamander"

# Who plays beside the piano: this sound font's instruments (its piano is learned from), and this singer.
HELD_OUT_FONT_OF_INSTRUMENTS = "timgm"
HELD_OUT_SINGER = "alto"

# A living room, a small room and a hall.
HELD_OUT_ROOMS = ("DomesticLivingRoom", "TerrysTypingRoom", "PerthCityHallBalcony")
HELD_OUT_FONT = "Gootville"  # never in split train: it measures what the reader makes of a font it does not know
HELD_OUT_LOOK = f"verovio-{HELD_OUT_FONT.lower()}"
