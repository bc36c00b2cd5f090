"""The learning system (extra `train`): the dataset, the training of each network, and the only home of torch."""
