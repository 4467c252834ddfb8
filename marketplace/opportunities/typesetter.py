"""A program of its own: lays a sheet of words and figures out as PDF.

`python typesetter.py TEMPLATE FONTS` reads the sheet (JSON) and writes the PDF. It is started by `typesetting` and ends after one
sheet: typst keeps what it has laid out, hundreds of megabytes after a few dozen sheets, which no web process may hold.
"""

import json
import resource
import sys
from contextlib import suppress

import typst

LIMITS = {resource.RLIMIT_AS: 1024 * 1024 * 1024, resource.RLIMIT_CPU: 10, resource.RLIMIT_CORE: 0}


def main(template: str, fonts: str) -> None:
    for kind, most in LIMITS.items():
        # macOS knows no limit of the address space.
        with suppress(ValueError):
            resource.setrlimit(kind, (most, most))
    sheet = sys.stdin.buffer.read().decode()
    drawn = typst.compile(
        template,
        # Those that typst brings draw the letters that ours lacks.
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[fonts]),
        sys_inputs={"sheet": sheet},
        timestamp=json.loads(sheet)["made_at"],
        # Refused where a reader without eyes would miss something: tags, language, title, text for each picture.
        pdf_standards="ua-1",
    )
    sys.stdout.buffer.write(drawn)


if __name__ == "__main__":
    main(*sys.argv[1:])
