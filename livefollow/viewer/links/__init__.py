"""Links between places of the score: known, drawn by two clicks, shown as tags on the pages."""
