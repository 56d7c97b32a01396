"""Small real files of every kind."""

import io
import struct
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 40
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40


def package(*members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for member in members:
            archive.writestr(member, "<x/>")
    return made.getvalue()


def compound(stream: str) -> bytes:
    """An old Office file as far as its header and the name of its main stream."""
    entry = f"{stream}\0".encode("utf-16-le").ljust(64, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<24x") + b"\0" * 480 + entry + b"\0" * 448


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
DOC, XLS = compound("WordDocument"), compound("Workbook")
EVERY = {"a.pdf": PDF, "b.png": PNG, "c.JPG": JPG, "d.jpeg": JPG, "e.docx": DOCX, "f.xlsx": XLSX, "g.doc": DOC, "h.xls": XLS}
