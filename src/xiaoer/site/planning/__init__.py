"""Planning: what is needed, who works when, and how it was kept."""
