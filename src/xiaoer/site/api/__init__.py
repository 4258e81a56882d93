"""The door for programs: one token, plain JSON, and problems in words."""
