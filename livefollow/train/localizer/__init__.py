"""The localizer's numbers, learned from what the networks say of cases."""
