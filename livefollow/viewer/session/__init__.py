"""One performance that is followed: sound in, positions out, statistics."""
