"""The pages on the screen: layout, painting, the highlight and its motion, gestures."""
