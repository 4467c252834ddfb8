"""When questions are taken, by when they are answered, and what may not become public. Monday is 2 March 2026."""

from datetime import UTC, date, datetime

import pytest

from marketplace.core.dates import after_working_days, end_of_day, working_days_between
from marketplace.opportunities.questions.rules import (
    A_DAY_AT_MOST,
    OPEN_AT_MOST,
    QUESTION_AT_LEAST,
    QUESTION_STEPS,
    AnswerNeeded,
    NamesOwnOrganisation,
    PublicQuestionNeeded,
    QuestionLapsed,
    QuestionReasonNeedsWords,
    QuestionState,
    QuestionStatus,
    QuestionTooShort,
    TooManyOpen,
    TooManyToday,
    Wording,
    answer_due,
    asking_ends,
    check_answerable,
    check_number,
    check_question,
    check_reason_words,
    check_wording,
    due_day,
    has_contact,
    is_reminder_due,
    state_of,
    takes_questions,
)
from marketplace.opportunities.rules import LifeStatus, PrivateContactInWords, Standing
from tests.support.refusals import refuses

S, ZONE = QuestionStatus, "Asia/Makassar"
MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
SAID = {"words_id": "Berapa debitnya?", "answer_id": "300 liter per detik."}


@pytest.mark.parametrize(
    "asked_on, closes_on, due",
    [
        (MONDAY, None, date(2026, 3, 9)),
        (FRIDAY, date(2026, 6, 1), date(2026, 3, 13)),
        # Asked on a Saturday: the Monday after is the first working day.
        (date(2026, 3, 7), date(2026, 6, 1), date(2026, 3, 13)),
        (MONDAY, FRIDAY, FRIDAY),
        (MONDAY, MONDAY, MONDAY),
    ],
)
def test_an_answer_is_due_after_five_working_days_and_never_after_the_deadline(asked_on, closes_on, due):
    assert answer_due(asked_on, closes_on) == due


def test_the_day_found_is_the_first_with_so_many_working_days():
    for start in (date(2026, 3, day) for day in range(1, 15)):
        for days in range(12):
            found = after_working_days(start, days)
            assert working_days_between(start, found) == days
            assert days == 0 or found.weekday() < 5


def test_a_deadline_that_was_moved_before_the_promised_day_counts():
    assert due_day(FRIDAY, None) == due_day(FRIDAY, date(2026, 4, 1)) == FRIDAY
    assert due_day(FRIDAY, MONDAY) == MONDAY


@pytest.mark.parametrize(
    "today, due",
    [
        (date(2026, 3, 5), False),
        (date(2026, 3, 6), True),
        (date(2026, 3, 9), True),
        (date(2026, 3, 20), True),
    ],
)
def test_the_reminder_is_due_on_the_last_working_day_before(today, due):
    assert is_reminder_due(date(2026, 3, 9), today) is due


def test_questions_end_with_their_own_cut_off_and_never_after_interest():
    closes = end_of_day(FRIDAY, ZONE)
    assert asking_ends(MONDAY, closes, ZONE) == end_of_day(MONDAY, ZONE)
    assert asking_ends(date(2026, 4, 1), closes, ZONE) == closes
    assert asking_ends(None, closes, ZONE) == closes
    assert asking_ends(None, None, ZONE) is None


@pytest.mark.parametrize(
    "standing, ends, takes",
    [
        (Standing.OPEN, None, True),
        (Standing.OPEN, datetime(2026, 3, 2, 5, tzinfo=UTC), True),
        (Standing.OPEN, datetime(2026, 3, 2, 4, 59, tzinfo=UTC), False),
        (Standing.CLOSED, None, False),
        (Standing.EXAMPLE, None, False),
    ],
)
def test_only_an_open_listing_takes_questions_until_then(standing, ends, takes):
    assert takes_questions(standing, ends, datetime(2026, 3, 2, 5, tzinfo=UTC)) is takes


@pytest.mark.parametrize(
    "status, merged, life, state",
    [
        (S.ASKED, False, LifeStatus.PUBLISHED, QuestionState.ASKED),
        (S.ASKED, False, LifeStatus.WITHDRAWN, QuestionState.LAPSED),
        (S.ASKED, False, LifeStatus.PARTNER_FOUND, QuestionState.LAPSED),
        (S.ANSWERED, False, LifeStatus.WITHDRAWN, QuestionState.ANSWERED),
        (S.ANSWERED, True, LifeStatus.PUBLISHED, QuestionState.MERGED),
        (S.HIDDEN, False, LifeStatus.PUBLISHED, QuestionState.HIDDEN),
    ],
)
def test_the_state_that_people_read(status, merged, life, state):
    assert state_of(status, merged=merged, life=life) is state


@pytest.mark.parametrize(
    "words",
    [
        "Kami, PT Tirta Uji, bertanya: berapa debitnya?",
        "Apakah P.T. TIRTA  UJI boleh ikut serta?",
        "apakah tirta-uji boleh ikut serta?",
    ],
)
def test_a_question_that_names_its_own_organisation_is_refused(words):
    with refuses(NamesOwnOrganisation, field="words"):
        check_question(words, "PT Tirta Uji")


def test_a_question_says_something_and_short_names_are_everyday_words():
    check_question("Berapa debit airnya?", "PT Tirta Uji")
    check_question("Apakah air bersih termasuk?", "PT Air")
    with refuses(QuestionTooShort, field="words", least=QUESTION_AT_LEAST):
        check_question("Berapa?", "PT Tirta Uji")


def test_only_so_many_open_ones_and_so_many_a_day():
    check_number(OPEN_AT_MOST - 1, A_DAY_AT_MOST - 1)
    with refuses(TooManyOpen, field="words", most=OPEN_AT_MOST):
        check_number(OPEN_AT_MOST, 0)
    with refuses(TooManyToday, field="words", most=A_DAY_AT_MOST):
        check_number(0, A_DAY_AT_MOST)


@pytest.mark.parametrize(
    "words, found",
    [("Hubungi 0812-3456-7890 ya", True), ("ke rani@contoh.co.id", True), ("Berapa 300 liter?", False)],
)
def test_contacts_in_a_question_are_seen(words, found):
    assert has_contact(words) is found


@pytest.mark.parametrize(
    "changed, refusal, field",
    [
        ({"words_id": ""}, PublicQuestionNeeded, "words_id"),
        ({"answer_id": ""}, AnswerNeeded, "answer_id"),
        ({"answer_id": "Telepon 0812-3456-7890."}, PrivateContactInWords, "answer_id"),
        ({"words_en": "To a@b.co.id?", "answer_en": "Yes."}, PrivateContactInWords, "words_en"),
    ],
)
def test_what_may_not_be_shown_to_everybody(changed, refusal, field):
    check_wording(Wording(**SAID, words_en="What is the flow?"))
    with refuses(refusal, field=field):
        check_wording(Wording(**(SAID | changed)))


def test_an_ended_listing_answers_no_more():
    check_answerable(LifeStatus.PUBLISHED)
    for life in (LifeStatus.WITHDRAWN, LifeStatus.PARTNER_FOUND, LifeStatus.NO_PARTNER):
        with refuses(QuestionLapsed):
            check_answerable(life)


def test_another_reason_is_explained_without_contacts():
    check_reason_words("other", "Masih dibahas.")
    check_reason_words("unrelated", "")
    with refuses(QuestionReasonNeedsWords, field="words"):
        check_reason_words("other", "")
    with refuses(PrivateContactInWords, field="words"):
        check_reason_words("unrelated", "Ke a@b.co.id")


def test_every_negative_step_has_reasons():
    negative = {S.DECLINED, S.WITHDRAWN, S.HIDDEN}
    for (_old, new), step in QUESTION_STEPS.items():
        assert bool(step.reasons) is (new in negative)
