"""The paper's agents at run time: their observation, and how they move along the strip."""
