"""Keys and pedals, of keyboards and of MIDI, that the player assigns to what they should do."""
