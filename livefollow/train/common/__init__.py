"""Shared by all training: settings, devices, checkpoints, figures, weights."""
