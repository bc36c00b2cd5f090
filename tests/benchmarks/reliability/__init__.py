"""What the program withstands: each command tries a kind of fault many times, and prints what it saw."""
