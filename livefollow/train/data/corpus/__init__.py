"""Where the music comes from: pieces of the corpus, folk tunes, random music."""
