"""The paper's agents: environment, network, data and training."""
