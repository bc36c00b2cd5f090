"""Arranging pages: order, hidden ones, rotation, crop; the file itself stays as it is."""
