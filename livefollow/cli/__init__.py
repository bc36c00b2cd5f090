"""The command line: one module per command, and nothing heavy is imported before one is chosen."""
