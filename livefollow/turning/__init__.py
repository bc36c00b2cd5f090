"""When a page is turned, to what, and what is on the screen: pure functions of positions."""
