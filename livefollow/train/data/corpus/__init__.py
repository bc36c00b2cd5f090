"""Sources of music: pieces of the corpus, folk tunes, random music."""
