from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from marketplace.core.refusal import Forbidden, NotFound
from marketplace.notifications.models import NoticeRow
from marketplace.organisations import head_rules, heads
from marketplace.organisations.head_queries import list_heads
from marketplace.organisations.head_rules import Term
from tests.factories.opportunities import an_organisation_id
from tests.factories.organisations import NOW
from tests.personas import actor

BEGINS = date(2025, 2, 20)
FIRST = Term("Yance Contoh", BEGINS, None)
PAGE = "/dasbor/organisasi/{}/kepala-daerah"


def after(years, name="Rini Contoh", until=None):
    return Term(name, date(2025 + years, 2, 20), until)


@pytest.mark.parametrize(
    "term, last, refusal",
    [
        (FIRST, None, None),
        (after(5), FIRST, None),
        (Term("A", BEGINS, BEGINS), None, head_rules.TermReversed),
        (Term("A", BEGINS, BEGINS - timedelta(days=1)), None, head_rules.TermReversed),
        (Term("A", BEGINS, BEGINS + head_rules.LONGEST_TERM), None, None),
        (
            Term("A", BEGINS, BEGINS + head_rules.LONGEST_TERM + timedelta(days=1)),
            None,
            head_rules.TermTooLong,
        ),
        (after(0), FIRST, head_rules.TermBeforeLast),
        (after(-1), FIRST, head_rules.TermBeforeLast),
    ],
)
def test_which_terms_may_follow(term, last, refusal):
    if refusal is None:
        head_rules.check_term(term, last)
    else:
        with pytest.raises(refusal):
            head_rules.check_term(term, last)


@pytest.mark.parametrize(
    "until, wanted",
    [(None, date(2030, 2, 19)), (date(2031, 1, 1), date(2030, 2, 19)), (date(2029, 6, 1), date(2029, 6, 1))],
)
def test_the_one_before_ends_before_the_successor(until, wanted):
    assert head_rules.end_of_predecessor(until, date(2030, 2, 20)) == wanted


@pytest.fixture
def people(session, connection):
    return lambda name: actor(connection, name)


def told(session):
    return session.scalar(select(func.count()).where(NoticeRow.kind == "organisation_head_changed"))


def test_a_change_keeps_the_one_before_and_tells_the_moderators_once(people, session):
    bitung, approver = an_organisation_id("bitung"), people("pemda_approver")
    heads.enter_head(bitung, FIRST, actor=approver, now=NOW)
    assert told(session) == 0
    for _press in range(2):
        heads.enter_head(bitung, after(5), actor=approver, now=NOW)
    found = [(one.name, one.begins, one.until) for one in list_heads(bitung)]
    assert found == [
        ("Rini Contoh", date(2030, 2, 20), None),
        ("Yance Contoh", BEGINS, date(2030, 2, 19)),
    ]
    assert told(session) == 2  # two moderators


def test_who_may(people, session):
    bitung = an_organisation_id("bitung")
    with pytest.raises(Forbidden):
        heads.enter_head(bitung, FIRST, actor=people("pemda_editor"), now=NOW)
    with pytest.raises(NotFound):
        heads.enter_head(bitung, FIRST, actor=people("other_approver"), now=NOW)
    with pytest.raises(NotFound):
        heads.enter_head(an_organisation_id("investor"), FIRST, actor=people("investor"), now=NOW)


@pytest.mark.parametrize(
    "form, sentence",
    [
        ({"name": ""}, "Isian ini wajib."),
        ({"name": "Yance", "begins": "kemarin"}, "Tulis tanggal seperti"),
        ({"name": "Yance", "begins": "2026-01-01", "until": "2025-01-01"}, "Tukar keduanya"),
    ],
)
def test_bad_input_is_named_and_kept(client_as, form, sentence):
    path = PAGE.format(an_organisation_id("bitung"))
    answer = client_as("pemda_approver").submit(path, {"begins": "2026-01-01", **form})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert form["name"] in answer.text


def test_the_page_shows_who_leads_and_who_led(client_as, session, people, count_queries):
    bitung = an_organisation_id("bitung")
    path, browser = PAGE.format(bitung), client_as("pemda_approver")
    assert browser.submit(path, {"name": "Yance Contoh", "begins": "2025-02-20"}).status_code == 302
    assert browser.submit(path, {"name": "Rini Contoh", "begins": "2026-02-20"}).status_code == 302
    page = client_as("pemda_viewer").get(path).text
    assert "menjabat" in page
    assert "20 Februari 2025 sampai 19 Februari 2026" in page
    assert "Rini Contoh" in browser.get(f"/dasbor/organisasi/{bitung}").text
    numbers = []
    for more in (1, 27):
        for _one in range(more):
            heads.enter_head(
                bitung,
                after(2 + list_heads(bitung)[0].begins.year - 2025),
                actor=people("pemda_approver"),
                now=NOW,
            )
        with count_queries() as counted:
            browser.get(path)
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]


def test_a_partner_has_none(client_as):
    assert client_as("investor").get(PAGE.format(an_organisation_id("investor"))).status_code == 404
