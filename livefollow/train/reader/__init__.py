"""The reader of staff systems: its network, data, damage to it, metrics and training."""
