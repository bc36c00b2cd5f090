"""Reinforcement learning of any task: rollouts, the run, and one module per algorithm."""
