"""The page of what changed when, and what feeds and calendars tell of it."""
