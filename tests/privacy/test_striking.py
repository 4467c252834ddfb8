"""The patterns as PostgreSQL reads them: what is struck out of a text, and what stays."""

import pytest
from sqlalchemy import func, select

from marketplace.extensions import db
from marketplace.privacy import rules

M = rules.MARK
PATTERN = rules.any_of(
    rules.name_pattern(["Rani Wulandari", "Dr. H. M. O'Neil (Oni)", "Zoë Žižek"]),
    rules.email_pattern(["rani.w+kerja@example.co.id"]),
    rules.phone_pattern(["+62 812-3456-7890"]),
)


@pytest.mark.parametrize(
    "before, after",
    [
        ("Ibu Rani Wulandari hadir.", f"Ibu {M} hadir."),
        ("RANI   WULANDARI", M),
        ("rani_wulandari.pdf, Rani-Wulandari", f"{M}.pdf, {M}"),
        ("Rani\nWulandari", M),
        ("Rani", "Rani"),
        ("Maharani Wulandari, Rani Wulandarini", "Maharani Wulandari, Rani Wulandarini"),
        ("kata Dr. H. M. O'Neil (Oni): ya", f"kata {M}: ya"),
        ("oleh Zoë Žižek", f"oleh {M}"),
        ("tulis ke Rani.W+Kerja@example.co.id.", f"tulis ke {M}."),
        (
            "arani.w+kerja@example.co.id rani.w+kerja@example.co.id.au",
            "arani.w+kerja@example.co.id rani.w+kerja@example.co.id.au",
        ),
        ("hubungi 0812 3456 7890", f"hubungi {M}"),
        ("+62-812.3456.7890; (0812) 34567890; 6281234567890", f"{M}; ({M}; {M}"),
        ("81234567890", M),
        ("1081234567890, 08123456789012", "1081234567890, 08123456789012"),
        ("Rp250.000.000", "Rp250.000.000"),
    ],
)
def test_what_is_struck_out(session, before, after):
    assert db.session.scalar(select(func.regexp_replace(before, PATTERN, M, "gi"))) == after
