"""The web site: the one room that knows Django; its pages call actions."""
