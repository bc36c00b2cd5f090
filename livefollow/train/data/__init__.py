"""The dataset: how scores, performances and cases are made, and what is held out of training."""
