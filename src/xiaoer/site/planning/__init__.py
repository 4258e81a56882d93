"""Planning: contacts to come, people needed, who works when, how it was kept, and what would be if."""
