"""From the model to bytes: pages, feeds, calendars, letters. Nothing here reads or writes files."""
