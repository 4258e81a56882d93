"""A real .xls (BIFF8 in an OLE container) made by hand: no library that writes one is kept up any more."""

import struct

SECTOR = 512
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls_bytes(rows: list[list[str | float]], *, sheet: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet."""
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                body += _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
            else:
                body += _record(0x0203, place + struct.pack("<d", cell))
    body += _record(0x000A, b"")
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(0x0042, b"\xb0\x04")
    bound_length = 4 + 6 + len(name)
    offset = len(start) + bound_length + 4
    bound = _record(0x0085, struct.pack("<IBB", offset, 0, 0) + name)
    return ole_bytes("Workbook", start + bound + _record(0x000A, b"") + body)


def ole_bytes(stream: str, content: bytes) -> bytes:
    """Return a compound file with one stream."""
    content = content.ljust(max(4096, -(-len(content) // SECTOR) * SECTOR), b"\0")
    sectors = len(content) // SECTOR
    chain = [*range(3, 2 + sectors), END]
    fat = [FAT_SECTOR, END, *chain] + [FREE] * (128 - 2 - sectors)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header += b"\xff" * (SECTOR - len(header))
    directory = _entry("Root Entry", 5, END, 0, child=1) + _entry(stream, 2, 2, len(content), child=FREE)
    directory += _entry("", 0, 0, 0, child=FREE) * 2
    return header + struct.pack("<128I", *fat) + directory + content


def _entry(name: str, kind: int, start: int, size: int, *, child: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    links = struct.pack("<III", FREE, FREE, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", length, kind, 1)
        + links
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
