"""The window: pages with the highlight, menus, and everything around them."""
