"""Films, pictures and maps: what the program saw, heard and followed."""
