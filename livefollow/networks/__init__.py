"""Exported networks: manifest, runtime, and the inputs and outputs of each kind."""
