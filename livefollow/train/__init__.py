"""The learning system (extra `train`): data from sources, and the only home of torch."""
