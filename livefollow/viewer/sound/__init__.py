"""The sound input in the window: menu of devices, level meter."""
