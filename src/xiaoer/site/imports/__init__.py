"""Importing in the browser: files are sent, read in the background, looked at, taken back."""
