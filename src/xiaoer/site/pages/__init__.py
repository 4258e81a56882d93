"""Pages that show what the data say, and the pages for what goes wrong."""
