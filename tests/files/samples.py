"""Small files of each kind, made in the test."""

import io
import zipfile

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 40
PHONE_JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00" + b"\x00" * 40
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 40
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00" + b"\x00" * 200
# Antivirus programs of the reader's machine look for the whole string, so it is put together here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def office(main_part: str, *extra: str) -> bytes:
    """A zip with the list of contents of an Office document."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override ContentType="application/{main_part}"/></Types>'
        )
        for name in extra:
            archive.writestr(name, b"x")
    return packed.getvalue()


_FORMAT = "vnd.openxmlformats-officedocument."
DOCX = office(_FORMAT + "wordprocessingml.document.main+xml", "word/document.xml")
XLSX = office(_FORMAT + "spreadsheetml.sheet.main+xml")
PPTX = office(_FORMAT + "presentationml.presentation.main+xml")
DOCM = office("vnd.ms-word.document.macroEnabled.main+xml")
DOCX_WITH_MACRO = office(_FORMAT + "wordprocessingml.document.main+xml", "word/vbaProject.bin")
ZIP = office("octet-stream")
