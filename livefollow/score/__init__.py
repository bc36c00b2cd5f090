"""Pictures of music: pages from a PDF or images, staff systems on them, one long strip."""
