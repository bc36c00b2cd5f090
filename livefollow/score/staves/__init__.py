"""From the pixels of a page to its staves, and which of them belong together."""
