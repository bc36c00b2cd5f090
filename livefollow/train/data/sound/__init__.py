"""How a performance sounds: pianos, rooms, microphones, noise."""
