"""Small real images for browsers to draw."""

import struct
import zlib


def png(red: int, green: int, blue: int, width: int = 64, height: int = 48) -> bytes:
    """Return an image of one colour."""
    line = b"\0" + bytes((red, green, blue)) * width
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(line * height)), (b"IEND", b""))
    made = b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + made
