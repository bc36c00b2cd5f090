"""The practice report: the log of a session, the report over the pages, and its export."""
