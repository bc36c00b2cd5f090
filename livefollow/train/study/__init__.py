"""The paper's tables and figures: followers beside each other in its game, and looks inside its agents."""
