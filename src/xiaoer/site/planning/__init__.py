"""Planning: contacts to come, people needed for them, whether the roster was kept, and what would be if."""
