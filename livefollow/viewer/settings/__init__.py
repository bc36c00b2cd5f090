"""What is remembered: preferences, what each score was left with, language and messages."""
