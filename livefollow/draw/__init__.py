"""Films, pictures and maps: what was seen, heard and followed, drawn for people to look at."""
