"""One's own account: signing in and out, password, second step, language."""
