"""What every training run shares: arguments, devices, checkpoints, figures, weights."""
