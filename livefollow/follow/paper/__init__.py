"""The paper's agents at run time: what they observe, and how they move along the strip."""
