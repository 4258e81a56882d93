"""Tokens: what lets a program in, made and revoked by an owner."""
