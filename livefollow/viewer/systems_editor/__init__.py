"""Fix Staff Detection: the dialog that corrects staff systems by hand."""
