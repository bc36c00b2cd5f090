"""The window: pages, the highlight on them, and what is known."""
