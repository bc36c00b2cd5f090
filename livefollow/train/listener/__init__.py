"""The listener: its network, data, metrics and training."""
