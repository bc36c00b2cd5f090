"""The learned policy at run time: its observation, and the cursor that it moves."""
