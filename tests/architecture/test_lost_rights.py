"""Who loses a place, a session or their organisation's standing loses exactly that, with the next request, on every route."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from marketplace.accounts.models import SignIn, User
from marketplace.accounts.sign_ins import end
from marketplace.core import clock
from marketplace.extensions import db
from marketplace.organisations import actions, members
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import SuspendReason
from tests.architecture.access import ROUTES, Answer, Route
from tests.architecture.access_world import build_world
from tests.architecture.test_access import read_answer
from tests.factories.opportunities import an_organisation_id
from tests.personas import PEOPLE, actor
from tests.support.clients import PageClient
from tests.support.searching import index_everything

Lose = Callable[[str], None]
# They would answer for the routes after them.
SIGNING_OUT = {"security.logout"}


def is_removed(persona: str) -> None:
    organisation = an_organisation_id(PEOPLE[persona].organisation)
    owner = actor(db.session.connection(), "pemda_owner")
    user = actor(db.session.connection(), persona).user_id or 0
    members.remove(organisation, user, actor=owner, now=clock.now())


def is_suspended(persona: str) -> None:
    organisation = db.session.get_one(Organisation, an_organisation_id(PEOPLE[persona].organisation))
    moderator = actor(db.session.connection(), "moderator")
    actions.suspend(
        organisation.id, reason=SuspendReason.COMPLAINT, words="Ada keluhan yang diperiksa.", actor=moderator,
        now=clock.now(), seen=organisation.revision,
    )  # fmt: skip


def has_expired(persona: str) -> None:
    yesterday = clock.now().date() - timedelta(days=2)
    expired = update(Organisation).values(valid_until=yesterday)
    db.session.execute(expired.where(Organisation.id == an_organisation_id(PEOPLE[persona].organisation)))


def was_signed_out(persona: str) -> None:
    of_persona = select(SignIn.sid_hash).join(User).where(User.email == PEOPLE[persona].email)
    for sid_hash in db.session.scalars(of_persona):
        end(sid_hash=sid_hash, now=clock.now())


def as_(twin: str) -> Callable[[Route, str], Answer]:
    """Every answer is that of another persona."""
    return lambda route, _persona: route.answer_for(twin)


def without(*lost: str, public: tuple[str, ...] = ()) -> Callable[[Route, str], Answer]:
    """Every answer is as before, but for these paths, and for pages that the public loses too."""

    def expected(route: Route, persona: str) -> Answer:
        if route.path in public:
            return Answer.ABSENT
        return Answer.FORBIDDEN if (route.method, route.path) in closed else route.answer_for(persona)

    closed = {tuple(each.split()) for each in lost}
    return expected


# An untrusted partner opens no file kept for partners, promises nothing, and is shown to nobody.
PARTNER = without(
    *(
        f"GET /peluang/dokumen/{{{document}}}{path}"
        for document in ("partners_document", "accepted_document")
        for path in ("", "/pratinjau", "/halaman/1")
    ),
    *(f"{method} /dasbor/minat/{{asked_interest}}/jawab" for method in ("GET", "POST")),
    public=("/mitra/{verified_partner}", "/dasbor/cocok/{listing_id}/lewati"),
)
# An untrusted Pemda writes on and ends what it began, but answers no partner and joins no idea.
PEMDA = without(
    "POST /inovasi/{innovation}/butuh",
    "POST /dasbor/minat/{interest}/daftar-pendek",
    "POST /dasbor/minat/{interest}/terima",
    "POST /dasbor/pertanyaan/{question}/jawab",
    "POST /dasbor/pertanyaan/{question}/gabung",
    *(f"{method} /dasbor/pertanyaan/{{question}}/tolak" for method in ("GET", "POST")),
    *(
        f"{method} {path}"
        for verb in ("tanya", "tolak")
        for path in (
            f"/dasbor/minat/{{interest}}/{verb}",
            f"/dasbor/minat-masuk/{{listing_id}}/{verb}?pilih={{interest}}",
        )
        for method in ("GET", "POST")
    ),
    *(
        f"{method} /dasbor/minat-masuk/{{listing_id}}/{verb}?pilih={{interest}}"
        for verb in ("tanya", "tolak")
        for method in ("GET", "POST")
    ),
    # Its listings are suggested to nobody.
    public=("/dasbor/peluang/{listing_id}/calon-mitra/{investor}/lewati",),
)
# A tutor's drafts, with their comments and public files; the list stays, and is empty.
BESIDE = ("/dasbor/dukungan/", "pratinjau", "{draft_document}", "{draft_kept_document}")
TUTOR = without(
    public=tuple(
        route.path
        for route in ROUTES
        if "tutor" in route.may | route.forbidden and any(part in route.path for part in BESIDE)
    )
)
CASES = [
    (is_removed, "pemda_editor", as_("alone")),
    (is_removed, "pemda_approver", as_("alone")),
    (was_signed_out, "pemda_owner", as_("visitor")),
    (was_signed_out, "moderator", as_("visitor")),
    (is_suspended, "investor", PARTNER),
    (has_expired, "investor", PARTNER),
    (is_suspended, "pemda_owner", PEMDA),
    (has_expired, "pemda_approver", PEMDA),
    (has_expired, "tutor", TUTOR),
]
IDS = [f"{persona}-{lose.__name__}" for lose, persona, _expected in CASES]


@pytest.fixture
def without_tokens(app):
    # Whether the token is asked for is proven for every route in tests/security.
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.mark.usefixtures("without_tokens", "session")
@pytest.mark.parametrize("lose, persona, expected", CASES, ids=IDS)
def test_exactly_what_was_lost_is_gone(app, connection, lose: Lose, persona, expected):
    world = build_world()
    index_everything(app, connection)
    browser = PageClient(app, checks=False).sign_in(persona)
    assert browser.get("/dasbor").status_code == 200
    lose(persona)
    wrong = []
    for route in ROUTES:
        path = route.path.format(**world)
        form = {name: value.format(**world) for name, value in route.sends}
        found = read_answer(browser.get(path) if route.method == "GET" else browser.post(path, form))
        if route.endpoint in SIGNING_OUT and lose is not was_signed_out:
            browser.sign_in(persona)
        if found is not expected(route, persona):
            wrong.append(f"{route.method} {route.path}: {found}, expected: {expected(route, persona)}")
    assert not wrong, f"{persona} {lose.__name__}:\n" + "\n".join(wrong)
