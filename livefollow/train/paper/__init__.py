"""The paper's agents: their game, network, data and training."""
