"""Reinforcement learning, whatever is learned: rollouts, the run, and one module per algorithm."""
