"""The journal: posted events, kept before they are answered, and taken into the store in batches."""
