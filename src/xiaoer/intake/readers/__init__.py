"""Every container that can be read, in the order asked: the first that recognises the content reads it."""

from xiaoer.intake.raw import Reader

# Special texts stand before the plain containers, which would take them as tables. One line each.
READERS: dict[str, Reader] = {}
