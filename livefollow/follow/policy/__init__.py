"""The learned policy at run time: what it observes, and the cursor that it moves."""
