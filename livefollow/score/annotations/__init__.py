"""What the player writes on the pages: kinds, geometry, the file of a score, and annotations of PDFs."""
