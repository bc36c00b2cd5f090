"""Staff systems corrected by hand."""
