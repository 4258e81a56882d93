"""Another tool's report beside ours: which figures agree, and which causes explain those that do not."""
