"""What is remembered: preferences and the memory of each score; language and messages."""
