"""Pages in, bytes of a format out; one file per format, one registry (formats.FORMATS)."""
