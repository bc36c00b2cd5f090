"""The policy that moves the cursor: its network, environment, data and training."""
