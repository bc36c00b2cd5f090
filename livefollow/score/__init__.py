"""The score: pages from a PDF or images, staff systems, one long strip, and the events read from it."""
