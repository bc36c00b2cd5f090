"""The sound input as the player sees it: menu of devices, meter."""
