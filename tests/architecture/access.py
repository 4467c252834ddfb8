"""Who may do what: each route's decided answer for each persona of tests.personas, and for the visitor.

`may` names those who are let in, `forbidden` those who know of it and lack the right (403); for the rest it does not
exist (404), unless `rest` says otherwise. A visitor is sent to sign in where the page is not public.
"""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    MAY = "may"
    SIGN_IN = "sign in"
    FORBIDDEN = "403"
    ABSENT = "404"
    GONE = "410"


@dataclass(frozen=True)
class Route:
    """One way in: method, endpoint, an example path with the world's names in braces, the answers, what is sent."""

    method: str
    endpoint: str
    path: str
    may: frozenset[str]
    forbidden: frozenset[str]
    rest: Answer
    visitor: Answer
    sends: tuple[tuple[str, str], ...] = ()

    def answer_for(self, persona: str) -> Answer:
        """What was decided."""
        if persona == "visitor":
            return self.visitor
        if persona in self.may:
            return Answer.MAY
        return Answer.FORBIDDEN if persona in self.forbidden else self.rest


def public(endpoint: str, path: str, method: str = "GET") -> Route:
    """For everybody, account or not."""
    return Route(method, endpoint, path, frozenset(), frozenset(), Answer.MAY, Answer.MAY)


def gone(endpoint: str, path: str) -> Route:
    """Taken down: 410 for everybody."""
    return Route("GET", endpoint, path, frozenset(), frozenset(), Answer.GONE, Answer.GONE)


def absent(endpoint: str, path: str, method: str = "GET") -> Route:
    """Does not exist for anybody."""
    return Route(method, endpoint, path, frozenset(), frozenset(), Answer.ABSENT, Answer.ABSENT)


def personal(endpoint: str, path: str, method: str = "GET") -> Route:
    """For everybody who is signed in, about herself."""
    return Route(method, endpoint, path, frozenset(), frozenset(), Answer.MAY, Answer.SIGN_IN)


def only(
    endpoint: str, path: str, may: str, *, method: str = "GET", forbidden: str = "",
    rest: Answer = Answer.ABSENT, visitor: Answer = Answer.SIGN_IN, **sends: str,
) -> Route:  # fmt: skip
    """For those named, separated by blanks."""
    return Route(
        method,
        endpoint,
        path,
        frozenset(may.split()),
        frozenset(forbidden.split()),
        rest,
        visitor,
        tuple(sends.items()),
    )


def both(
    endpoint: str, path: str, may: str, *, forbidden: str = "", rest: Answer = Answer.ABSENT
) -> list[Route]:
    """The same answers for the page and for what it sends."""
    return [
        only(endpoint, path, may, method=method, forbidden=forbidden, rest=rest) for method in ("GET", "POST")
    ]


MODERATORS = "moderator moderator_b"
OTHER_STAFF = "programme_owner"
BITUNG = "pemda_owner pemda_approver pemda_editor pemda_viewer"
NOT_OWNERS = "pemda_approver pemda_editor pemda_viewer"
WRITERS = "pemda_owner pemda_approver pemda_editor"
APPROVERS = "pemda_owner pemda_approver"
INVESTOR = "investor investor_editor"
PARTNERS = f"{INVESTOR} startup new_partner"
ALL_PEMDA = f"{BITUNG} other_approver new_pemda province"
SUPPORTERS = "tutor province companion"

ROUTES = [
    public("health.healthz", "/healthz"),
    public("health.readyz", "/readyz"),
    public("machines.favicon", "/favicon.ico"),
    public("machines.robots", "/robots.txt"),
    public("machines.security_txt", "/.well-known/security.txt"),
    public("machines.site_map", "/sitemap.xml"),
    public("pages.home", "/"),
    public("pages.about", "/tentang"),
    public("pages.accessibility", "/aksesibilitas"),
    public("pages.help_page", "/bantuan"),
    public("pages.privacy", "/privasi"),
    public("pages.terms", "/ketentuan"),
    public("pages.gaya", "/gaya"),
    public("regions.index", "/daerah"),
    public("regions.show", "/daerah/71.72-kota-bitung"),
    public("regions.show_by_code", "/daerah/71.72"),
    public("programme.index", "/program"),
    public("innovations.index", "/inovasi"),
    public("innovations.show", "/inovasi/{innovation}"),
    personal("innovations.want", "/inovasi/{innovation}/butuh"),
    only(
        "innovations.send_want",
        "/inovasi/{innovation}/butuh",
        f"{WRITERS} other_approver province",
        method="POST",
        rest=Answer.FORBIDDEN,
    ),
    public("partners.index", "/mitra"),
    public("partners.show", "/mitra/{verified_partner}"),
    absent("partners.show", "/mitra/{unverified_partner}"),
    public("peluang.browse", "/peluang"),
    public("peta.show", "/peluang/peta"),
    public("peluang.narrow", "/peluang/saring"),
    public("feeds.listings", "/peluang/umpan.atom"),
    personal("saved_searches.index", "/dasbor/pencarian"),
    personal("saved_searches.save", "/dasbor/pencarian", "POST"),
    personal("saved_searches.confirm", "/dasbor/pencarian/simpan"),
    only("saved_searches.show", "/dasbor/pencarian/{saved_search}", "investor"),
    *both("saved_searches.edit", "/dasbor/pencarian/{saved_search}/ubah", "investor"),
    only("saved_searches.pause", "/dasbor/pencarian/{saved_search}/jeda", "investor", method="POST"),
    only("saved_searches.resume", "/dasbor/pencarian/{saved_search}/lanjut", "investor", method="POST"),
    only("refining.refine", "/dasbor/pencarian/{saved_search}/saringan", "investor"),
    only(
        "refining.ask_otherwise",
        "/dasbor/pencarian/{saved_search}/saringan",
        "investor",
        method="POST",
        seen="?skema=kpbu",
    ),
    only("refining.narrow", "/dasbor/pencarian/{saved_search}/saringan/saring", "investor"),
    *both("saved_searches.remove", "/dasbor/pencarian/{saved_search}/hapus", "investor"),
    # By the token of a mail, with and without an account; a made-up one is dead.
    public("alert_mails.ask", "/pencarian/berhenti/{alert_token}"),
    public("alert_mails.stop", "/pencarian/berhenti/{alert_token}", "POST"),
    gone("alert_mails.ask", "/pencarian/berhenti/mati"),
    public("watch_mails.ask", "/diikuti/berhenti/{watch_token}"),
    public("watch_mails.stop", "/diikuti/berhenti/{watch_token}", "POST"),
    gone("watch_mails.ask", "/diikuti/berhenti/mati"),
    # Suggestions: a partner's own, for its members; the letters' link as that of alerts.
    public("matching_guide.show", "/bantuan/saran"),
    public("suggestion_letters.ask", "/cocok/berhenti/{suggestion_token}"),
    public("suggestion_letters.stop", "/cocok/berhenti/{suggestion_token}", "POST"),
    gone("suggestion_letters.ask", "/cocok/berhenti/mati"),
    only("suggestions.index", "/dasbor/cocok", PARTNERS),
    *both("suggestions.dismiss", "/dasbor/cocok/{listing_id}/lewati", f"{INVESTOR} startup"),
    only("suggestions.take_back", "/dasbor/cocok/{listing_id}/kembali", PARTNERS, method="POST"),
    only("suggestions.stop_letters", "/dasbor/cocok/surel/berhenti", PARTNERS, method="POST"),
    only("suggestions.resume_letters", "/dasbor/cocok/surel/lanjut", PARTNERS, method="POST"),
    *[
        only(
            f"suggestions.{endpoint}",
            f"/dasbor/cocok/{path}",
            "investor startup new_partner",
            method="POST",
            forbidden="investor_editor",
        )
        for endpoint, path in (("take_part", "ikut"), ("leave", "keluar"))
    ],
    public("opportunity_pages.show", "/peluang/{listing}"),
    absent("opportunity_pages.show", "/peluang/{unpublished}"),
    # Keeping, watching, comparing.
    public("comparing.compare", "/peluang/banding?id={listing}&id={withdrawn}"),
    *[
        route
        for method in ("GET", "POST")
        for route in (
            personal("keeping.keep", "/peluang/{listing}/simpan", method),
            personal("watching.watch", "/peluang/{listing}/ikuti", method),
            only("keeping.keep", "/peluang/{unpublished}/simpan", "", method=method),
            only("watching.watch", "/peluang/{withdrawn}/ikuti", "", method=method),
            personal("keeping.index" if method == "GET" else "keeping.change", "/dasbor/tersimpan", method),
            personal("watching.index" if method == "GET" else "watching.change", "/dasbor/diikuti", method),
            only("keeping.note", "/dasbor/tersimpan/{kept}", "startup", method=method),
        )
    ],
    only("keeping.change", "/dasbor/tersimpan", "", method="POST", simpan="{draft}"),
    only("watching.change", "/dasbor/diikuti", "", method="POST", ikuti="{draft}"),
    gone("opportunity_pages.show", "/peluang/{withdrawn}"),
    *[
        route
        for endpoint, path in (("open_document", ""), ("preview", "/pratinjau"), ("page_image", "/halaman/1"))
        for route in (
            public(f"document_pages.{endpoint}", f"/peluang/dokumen/{{public_document}}{path}"),
            only(
                f"document_pages.{endpoint}",
                f"/peluang/dokumen/{{partners_document}}{path}",
                f"{BITUNG} {INVESTOR} startup {MODERATORS}",
                rest=Answer.FORBIDDEN,
            ),
            only(
                f"document_pages.{endpoint}",
                f"/peluang/dokumen/{{accepted_document}}{path}",
                f"{BITUNG} {INVESTOR} {MODERATORS}",
                rest=Answer.FORBIDDEN,
            ),
            only(
                f"document_pages.{endpoint}",
                f"/peluang/dokumen/{{draft_kept_document}}{path}",
                BITUNG,
                forbidden="tutor",
                visitor=Answer.ABSENT,
            ),
            only(
                f"document_pages.{endpoint}",
                f"/peluang/dokumen/{{draft_document}}{path}",
                f"{BITUNG} tutor",
                visitor=Answer.ABSENT,
            ),
        )
    ],
    public("teasers.download", "/peluang/{listing}/ringkasan.pdf"),
    absent("teasers.download", "/peluang/{unpublished}/ringkasan.pdf"),
    gone("teasers.download", "/peluang/{withdrawn}/ringkasan.pdf"),
    public("listing_history.show", "/peluang/{listing}/perubahan"),
    absent("listing_history.show", "/peluang/{unpublished}/perubahan"),
    absent("listing_history.show", "/peluang/{withdrawn}/perubahan"),
    # Questions: read by everybody, asked by partners, answered by the listing's own, looked after by LAIP.
    public("questions.public", "/peluang/{listing}/tanya-jawab"),
    absent("questions.public", "/peluang/{unpublished}/tanya-jawab"),
    absent("questions.public", "/peluang/{withdrawn}/tanya-jawab"),
    *both("questions.ask", "/peluang/{listing}/tanya", PARTNERS, rest=Answer.FORBIDDEN),
    only("questions.index", "/dasbor/pertanyaan", PARTNERS),
    only("questions.show", "/dasbor/pertanyaan/{question}", f"{INVESTOR} {BITUNG}"),
    *both("questions.withdraw", "/dasbor/pertanyaan/{question}/tarik", INVESTOR),
    only("question_desk.index", "/dasbor/pertanyaan-masuk", ALL_PEMDA),
    *both("question_desk.decline", "/dasbor/pertanyaan/{question}/tolak", WRITERS, forbidden="pemda_viewer"),
    *[
        only(
            f"question_desk.{verb}",
            f"/dasbor/pertanyaan/{{question}}/{path}",
            WRITERS,
            method="POST",
            forbidden="pemda_viewer",
        )
        for verb, path in (("answer", "jawab"), ("merge", "gabung"))
    ],
    only("question_moderation.index", "/moderasi/pertanyaan", MODERATORS, forbidden=OTHER_STAFF),
    *both(
        "question_moderation.show",
        "/moderasi/pertanyaan/{answered_question}",
        MODERATORS,
        forbidden=OTHER_STAFF,
    ),
    # What waits for its Pemda is not LAIP's to read yet.
    only(
        "question_moderation.show",
        "/moderasi/pertanyaan/{question}",
        "",
        method="POST",
        forbidden=OTHER_STAFF,
    ),
    # Accounts.
    *[public("security.login", "/masuk", method) for method in ("GET", "POST")],
    *[public("security.register", "/daftar", method) for method in ("GET", "POST")],
    *[public("security.forgot", "/lupa-kata-sandi", method) for method in ("GET", "POST")],
    # Links that were used or are too old.
    gone("security.confirm", "/konfirmasi/mati"),
    public("security.confirm", "/konfirmasi/mati", "POST"),
    gone("security.reset", "/kata-sandi-baru/mati"),
    public("security.reset", "/kata-sandi-baru/mati", "POST"),
    gone("security.agree_to_address", "/ganti-surel/mati"),
    public("security.agree_to_address", "/ganti-surel/mati", "POST"),
    *[public("security.second_step", "/masuk/dua-langkah", method) for method in ("GET", "POST")],
    public("security.passkey_sign_in", "/masuk/kunci-sandi", "POST"),
    *[public("security.logout", "/keluar", method) for method in ("GET", "POST")],
    public("security.check_mail", "/daftar/periksa-surel"),
    public("security.forgot_sent", "/lupa-kata-sandi/terkirim"),
    *[personal("accounts.show", "/dasbor/akun", method) for method in ("GET", "POST")],
    *[personal("accounts.password", "/dasbor/akun/kata-sandi", method) for method in ("GET", "POST")],
    personal("accounts.end_others", "/dasbor/akun/sesi", "POST"),
    only("accounts.end_sign_in", "/dasbor/akun/sesi/999999999/akhiri", "", method="POST"),
    *[personal("accounts.prove", "/dasbor/akun/pastikan", method) for method in ("GET", "POST")],
    personal("accounts.prove_by_passkey", "/dasbor/akun/pastikan/kunci-sandi", "POST"),
    *[personal("accounts.address", "/dasbor/akun/surel", method) for method in ("GET", "POST")],
    personal("accounts.withdraw_address", "/dasbor/akun/surel/batal", "POST"),
    personal("accounts.security_page", "/dasbor/akun/keamanan"),
    personal("accounts.begin_authenticator", "/dasbor/akun/keamanan/aplikasi", "POST"),
    personal("accounts.authenticator", "/dasbor/akun/keamanan/aplikasi"),
    personal("accounts.confirm_authenticator", "/dasbor/akun/keamanan/aplikasi/kode", "POST"),
    personal("accounts.remove_authenticator", "/dasbor/akun/keamanan/aplikasi/lepas", "POST"),
    # Nothing to photograph and nothing to recover before an app is being set up.
    only("accounts.authenticator_qr", "/dasbor/akun/keamanan/aplikasi/qr.svg", ""),
    only("accounts.renew_recovery_codes", "/dasbor/akun/keamanan/kode-pemulihan", "", method="POST"),
    *[
        personal("accounts.new_passkey", "/dasbor/akun/keamanan/kunci-sandi", method)
        for method in ("GET", "POST")
    ],
    only("accounts.remove_passkey", "/dasbor/akun/keamanan/kunci-sandi/999999999/hapus", "", method="POST"),
    # A person's own data.
    personal("privacy.show", "/dasbor/akun/data"),
    personal("privacy.agree", "/dasbor/akun/data/persetujuan", "POST"),
    personal("privacy.ask_for_copy", "/dasbor/akun/data/salinan", "POST"),
    only("privacy.download", "/dasbor/akun/data/salinan/unduh", "investor"),
    *[personal("privacy.erase", "/dasbor/akun/data/hapus", method) for method in ("GET", "POST")],
    personal("privacy.cancel_erasure", "/dasbor/akun/data/hapus/batal", "POST"),
    personal("dashboard.show", "/dasbor"),
    personal("notifications.inbox", "/dasbor/kabar"),
    personal("notifications.read_all", "/dasbor/kabar/terbaca", "POST"),
    # Organisations.
    personal("organisations.index", "/dasbor/organisasi"),
    personal("organisations.choose_kind", "/dasbor/organisasi/baru"),
    *[
        personal("organisations.register_pemda", "/dasbor/organisasi/baru/pemda", method)
        for method in ("GET", "POST")
    ],
    *[
        personal("organisations.register_named", "/dasbor/organisasi/baru/kementerian", method)
        for method in ("GET", "POST")
    ],
    *[personal("partners.register", "/dasbor/organisasi/baru/mitra", method) for method in ("GET", "POST")],
    only("organisations.show", "/dasbor/organisasi/{bitung}", f"{BITUNG} {MODERATORS}"),
    *both(
        "organisations.edit",
        "/dasbor/organisasi/{bitung}/ubah",
        APPROVERS,
        forbidden=f"pemda_editor pemda_viewer {MODERATORS}",
    ),
    only(
        "organisations.add_proof",
        "/dasbor/organisasi/{new_partner}/bukti",
        "new_partner",
        method="POST",
        forbidden=MODERATORS,
    ),
    only(
        "organisations.read_proof",
        "/dasbor/organisasi/{new_partner}/bukti/{proof}",
        f"new_partner {MODERATORS}",
    ),
    only(
        "organisations.remove_proof",
        "/dasbor/organisasi/{new_partner}/bukti/{proof}/hapus",
        "new_partner",
        method="POST",
        forbidden=MODERATORS,
    ),
    only(
        "organisations.submit",
        "/dasbor/organisasi/{new_partner}/ajukan",
        "new_partner",
        method="POST",
        forbidden=MODERATORS,
    ),
    only(
        "organisations.ask_again",
        "/dasbor/organisasi/{bitung}/periksa-ulang",
        "pemda_owner",
        method="POST",
        forbidden=f"{NOT_OWNERS} {MODERATORS}",
    ),
    only("organisations.region_heads", "/dasbor/organisasi/{bitung}/kepala-daerah", f"{BITUNG} {MODERATORS}"),
    only(
        "organisations.region_heads",
        "/dasbor/organisasi/{bitung}/kepala-daerah",
        APPROVERS,
        method="POST",
        forbidden=f"pemda_editor pemda_viewer {MODERATORS}",
    ),
    only("organisations.list_stand_ins", "/dasbor/organisasi/{bitung}/pengganti", BITUNG),
    *both(
        "organisations.name_stand_in",
        "/dasbor/organisasi/{bitung}/pengganti/baru",
        APPROVERS,
        forbidden="pemda_editor pemda_viewer",
    ),
    only(
        "organisations.end_stand_in",
        "/dasbor/organisasi/{bitung}/pengganti/{stand_in}/akhiri",
        f"{APPROVERS} pemda_editor",
        method="POST",
        forbidden="pemda_viewer",
    ),
    *[
        route
        for endpoint, path in (("guidances", ""), ("guidance", "/{guidance}"))
        for route in (
            only(
                f"organisations.{endpoint}",
                f"/dasbor/organisasi/{{bitung}}/pendampingan{path}",
                f"{BITUNG} {MODERATORS}",
            ),
            only(
                f"organisations.{endpoint}",
                f"/dasbor/organisasi/{{bitung}}/pendampingan{path}",
                "pemda_owner",
                method="POST",
                forbidden=f"{NOT_OWNERS} {MODERATORS}",
            ),
        )
    ],
    # The link of an invitation: its page is for whoever holds it, the answer for whoever is signed in.
    gone("invited.show", "/undangan/mati"),
    public("invited.show", "/undangan/{invitation_token}"),
    personal("invited.answer", "/undangan/{invitation_token}", "POST"),
    # Members: owners manage.
    only("organisations.list_members", "/dasbor/organisasi/{bitung}/anggota", f"{BITUNG} {MODERATORS}"),
    only(
        "organisations.invite",
        "/dasbor/organisasi/{bitung}/anggota",
        "pemda_owner",
        method="POST",
        forbidden=f"{NOT_OWNERS} {MODERATORS}",
    ),
    *both(
        "organisations.manage_member",
        "/dasbor/organisasi/{bitung}/anggota/{colleague}",
        "pemda_owner",
        forbidden=f"{NOT_OWNERS} {MODERATORS}",
    ),
    *[
        only(
            endpoint,
            path,
            "pemda_owner",
            method="POST",
            forbidden=f"{NOT_OWNERS} {MODERATORS}",
        )
        for endpoint, path in (
            ("organisations.remove_member", "/dasbor/organisasi/{bitung}/anggota/{colleague}/keluarkan"),
            (
                "organisations.send_invitation_again",
                "/dasbor/organisasi/{bitung}/undangan/{invitation}/kirim-ulang",
            ),
            ("organisations.withdraw_invitation", "/dasbor/organisasi/{bitung}/undangan/{invitation}/tarik"),
            # Last: afterwards the owner is one no more.
            ("organisations.hand_over", "/dasbor/organisasi/{bitung}/anggota/{heir}/serahkan"),
        )
    ],
    *[
        personal("organisations.leave", "/dasbor/organisasi/{madiun}/keluar", method)
        for method in ("GET", "POST")
    ],
    only("organisations.act_for", "/dasbor/organisasi/pilih/{investor}", INVESTOR, method="POST"),
    *both(
        "partners.edit",
        "/dasbor/organisasi/{investor}/mitra",
        "investor",
        forbidden=f"investor_editor {MODERATORS}",
    ),
    *[
        route
        for endpoint, path in (("index", ""), ("edit", "/{record}"))
        for route in both(
            f"partner_records.{endpoint}",
            f"/dasbor/organisasi/{{investor}}/rekam-jejak{path}",
            "investor",
            forbidden=f"investor_editor {MODERATORS}",
        )
    ],
    only(
        "partner_records.remove",
        "/dasbor/organisasi/{investor}/rekam-jejak/{record}/hapus",
        "investor",
        method="POST",
        forbidden=f"investor_editor {MODERATORS}",
    ),
    only(
        "partner_offers.index",
        "/dasbor/organisasi/{investor}/tawaran",
        "investor",
        forbidden=f"investor_editor {MODERATORS}",
    ),
    *[
        route
        for endpoint, path in (("post", "/baru"), ("edit", "/{offer}"), ("close", "/{offer}/tutup"))
        for route in both(
            f"partner_offers.{endpoint}",
            f"/dasbor/organisasi/{{investor}}/tawaran{path}",
            "investor",
            forbidden=f"investor_editor {MODERATORS}",
        )
    ],
    only(
        "partner_offers.reopen",
        "/dasbor/organisasi/{investor}/tawaran/{offer}/buka",
        "investor",
        method="POST",
        forbidden=f"investor_editor {MODERATORS}",
    ),
    only("suggestion_reports.index", "/moderasi/mutu-saran", f"{MODERATORS} {OTHER_STAFF}"),
    only(
        "suggestion_reports.take",
        "/moderasi/mutu-saran/{report}/pakai",
        OTHER_STAFF,
        method="POST",
        forbidden=MODERATORS,
    ),
    only("demand.show", "/dasbor/minat-mitra", f"{ALL_PEMDA} {MODERATORS} {OTHER_STAFF}"),
    # Authoring.
    only("authoring.index", "/dasbor/peluang", ALL_PEMDA),
    *both(
        "authoring.start",
        "/dasbor/peluang/baru",
        f"{WRITERS} other_approver new_pemda province",
        forbidden="pemda_viewer",
    ),
    only("workspace.show", "/dasbor/peluang/{draft}", BITUNG),
    # Writing for a region.
    only("assisting.index", "/dasbor/bantuan", f"{MODERATORS} province"),
    *both("assisting.start", "/dasbor/bantuan/baru", f"{MODERATORS} province"),
    only("workspace.show", "/dasbor/peluang/{assisted}", f"{BITUNG} {MODERATORS}"),
    only(
        "authoring.keep",
        "/dasbor/peluang/{assisted}/simpan",
        f"{WRITERS} {MODERATORS}",
        method="POST",
        forbidden="pemda_viewer",
    ),
    *both(
        "assistance.end",
        "/dasbor/peluang/{assisted}/bantuan",
        APPROVERS,
        forbidden="pemda_editor pemda_viewer",
    ),
    only("workspace.preview", "/dasbor/peluang/{draft}/pratinjau", f"{BITUNG} tutor"),
    only("workspace.preview", "/dasbor/peluang/{shared}/pratinjau", f"{BITUNG} tutor province"),
    only(
        "workspace.preview",
        "/dasbor/peluang/{submitted}/pratinjau",
        f"{BITUNG} {SUPPORTERS} {MODERATORS}",
    ),
    # Those who stand beside listings of others.
    only("supported.index", "/dasbor/dukungan", SUPPORTERS),
    only("supported.show", "/dasbor/dukungan/{draft}", "tutor"),
    only("supported.show", "/dasbor/dukungan/{shared}", "tutor province"),
    only("supported.show", "/dasbor/dukungan/{submitted}", SUPPORTERS),
    only("supported.show", "/dasbor/dukungan/{listing_id}", SUPPORTERS),
    only(
        "supported.comment",
        "/dasbor/dukungan/{draft}/komentar",
        "tutor",
        method="POST",
        version="{draft_version}",
        words="Sebutkan sumbernya.",
    ),
    only(
        "supported.comment",
        "/dasbor/dukungan/{listing_id}/komentar",
        SUPPORTERS,
        method="POST",
        version="{listing_version}",
    ),
    only(
        "supported.recommend",
        "/dasbor/dukungan/{listing_id}/rekomendasi",
        SUPPORTERS,
        method="POST",
        version="{listing_version}",
    ),
    *both("supported.take_back", "/dasbor/dukungan/{listing_id}/rekomendasi/tarik", "companion"),
    only(
        "supported.forward", "/dasbor/dukungan/{listing_id}/teruskan", "province", forbidden="tutor companion"
    ),
    only(
        "supported.forward",
        "/dasbor/dukungan/{listing_id}/teruskan",
        "province",
        method="POST",
        forbidden="tutor companion",
        version="{listing_version}",
    ),
    *[
        only(endpoint, f"/dasbor/peluang/{{draft}}/{path}", WRITERS, method="POST", forbidden="pemda_viewer")
        for endpoint, path in (
            ("answers.handle", "komentar/{comment}/tangani"),
            ("answers.share", "bagikan"),
            ("answers.stop_sharing", "bagikan/batal"),
        )
    ],
    only("authoring.edit", "/dasbor/peluang/{draft}/sunting", WRITERS, forbidden="pemda_viewer"),
    only(
        "authoring.save", "/dasbor/peluang/{draft}/sunting", WRITERS, method="POST", forbidden="pemda_viewer"
    ),
    only("authoring.edit_step", "/dasbor/peluang/{draft}/sunting/mitra", WRITERS, forbidden="pemda_viewer"),
    only(
        "authoring.save_step",
        "/dasbor/peluang/{draft}/sunting/mitra",
        WRITERS,
        method="POST",
        forbidden="pemda_viewer",
    ),
    only(
        "authoring.keep", "/dasbor/peluang/{draft}/simpan", WRITERS, method="POST", forbidden="pemda_viewer"
    ),
    *both(
        "amendments.add",
        "/dasbor/peluang/{listing_id}/pemberitahuan",
        APPROVERS,
        forbidden="pemda_editor pemda_viewer",
    ),
    only("documents.index", "/dasbor/peluang/{draft}/dokumen", BITUNG),
    only(
        "documents.add", "/dasbor/peluang/{draft}/dokumen", WRITERS, method="POST", forbidden="pemda_viewer"
    ),
    only("documents.openings", "/dasbor/peluang/{draft}/dokumen/dibuka", BITUNG),
    *both(
        "documents.change",
        "/dasbor/peluang/{draft}/dokumen/{draft_document}/ubah",
        WRITERS,
        forbidden="pemda_viewer",
    ),
    *[
        only(
            f"documents.{verb}",
            f"/dasbor/peluang/{{draft}}/dokumen/{{draft_document}}/{path}",
            WRITERS,
            method="POST",
            forbidden="pemda_viewer",
        )
        for verb, path in (("place", "urutan"), ("remove", "lepas"))
    ],
    only("workspace.send", "/dasbor/peluang/{draft}/kirim", WRITERS, method="POST", forbidden="pemda_viewer"),
    only(
        "workspace.approve",
        "/dasbor/peluang/{waiting}/persetujuan",
        APPROVERS,
        method="POST",
        forbidden="pemda_editor pemda_viewer",
    ),
    only(
        "workspace.new_version",
        "/dasbor/peluang/{listing_id}/versi",
        WRITERS,
        method="POST",
        forbidden="pemda_viewer",
    ),
    *both(
        "workspace.withdraw",
        "/dasbor/peluang/{listing_id}/tarik",
        APPROVERS,
        forbidden="pemda_editor pemda_viewer",
    ),
    *both(
        "workspace.outcome",
        "/dasbor/peluang/{closed}/hasil",
        APPROVERS,
        forbidden="pemda_editor pemda_viewer",
    ),
    # Interests.
    only("interests.write", "/peluang/{listing}/minat", PARTNERS, rest=Answer.FORBIDDEN),
    only(
        "interests.write",
        "/peluang/{listing}/minat",
        PARTNERS,
        method="POST",
        rest=Answer.FORBIDDEN,
        version="{listing_version}",
    ),
    only("interests.outgoing", "/dasbor/minat", PARTNERS),
    only("interests.show", "/dasbor/minat/{interest}", f"{BITUNG} {INVESTOR}"),
    only("interests.attachment", "/dasbor/minat/{interest}/lampiran", f"{BITUNG} {INVESTOR}"),
    only("interests.incoming", "/dasbor/minat-masuk", ALL_PEMDA),
    only("interests.compare", "/dasbor/minat-masuk/{listing_id}", BITUNG),
    only("interests.choose", "/dasbor/minat-masuk/{listing_id}/pilih", BITUNG),
    *[
        each
        for verb, path in (("ask", "tanya"), ("decline", "tolak"))
        for each in both(
            f"interests.{verb}_together",
            f"/dasbor/minat-masuk/{{listing_id}}/{path}?pilih={{interest}}",
            WRITERS,
            forbidden="pemda_viewer",
        )
    ],
    only(
        "interests.shortlist",
        "/dasbor/minat/{interest}/daftar-pendek",
        WRITERS,
        method="POST",
        forbidden=f"pemda_viewer {INVESTOR}",
    ),
    only(
        "interests.accept",
        "/dasbor/minat/{interest}/terima",
        APPROVERS,
        method="POST",
        forbidden=f"pemda_editor pemda_viewer {INVESTOR}",
    ),
    *both("interests.ask", "/dasbor/minat/{interest}/tanya", WRITERS, forbidden=f"pemda_viewer {INVESTOR}"),
    *both(
        "interests.decline", "/dasbor/minat/{interest}/tolak", WRITERS, forbidden=f"pemda_viewer {INVESTOR}"
    ),
    *both("interests.answer", "/dasbor/minat/{asked_interest}/jawab", INVESTOR, forbidden=BITUNG),
    *both("interests.withdraw", "/dasbor/minat/{interest}/tarik", INVESTOR, forbidden=BITUNG),
    only("interests.discard", "/dasbor/minat/{own_draft}/hapus", "startup", method="POST"),
    only("interests.invitations", "/dasbor/undangan", PARTNERS),
    only("interests.invitation", "/dasbor/undangan/{partner_invitation}", f"{BITUNG} {INVESTOR}"),
    *both(
        "interests.decline_invitation",
        "/dasbor/undangan/{partner_invitation}/tolak",
        INVESTOR,
        forbidden=BITUNG,
    ),
    *both(
        "interests.withdraw_invitation",
        "/dasbor/undangan/{partner_invitation}/tarik",
        WRITERS,
        forbidden=f"pemda_viewer {INVESTOR}",
    ),
    *both(
        "interests.invite_partner",
        "/dasbor/peluang/{listing_id}/calon-mitra/{startup_partner}/undang",
        WRITERS,
        forbidden="pemda_viewer",
    ),
    only(
        "interests.choose_listing",
        "/dasbor/mitra/{startup_partner}/undang",
        f"{WRITERS} other_approver new_pemda province",
        forbidden="pemda_viewer",
    ),
    only("interests.candidates", "/dasbor/peluang/{listing_id}/calon-mitra", BITUNG),
    only("interests.sent_invitations", "/dasbor/peluang/{listing_id}/calon-mitra/undangan", BITUNG),
    only("interests.all_put_aside", "/dasbor/peluang/{listing_id}/calon-mitra/disisihkan", BITUNG),
    *both(
        "interests.put_aside",
        "/dasbor/peluang/{listing_id}/calon-mitra/{investor}/lewati",
        WRITERS,
        forbidden="pemda_viewer",
    ),
    only(
        "interests.take_back",
        "/dasbor/peluang/{listing_id}/calon-mitra/{investor}/kembali",
        WRITERS,
        method="POST",
        forbidden="pemda_viewer",
    ),
    only("collaborations.index", "/dasbor/kerja-sama", f"{ALL_PEMDA} {PARTNERS} companion tutor"),
    only("collaborations.show", "/dasbor/kerja-sama/{collaboration}", f"{BITUNG} {INVESTOR} {MODERATORS}"),
    # LAIP's back office.
    only("moderation.queue", "/moderasi", MODERATORS, forbidden=OTHER_STAFF),
    only("moderation.trail", "/moderasi/jejak", MODERATORS, forbidden=OTHER_STAFF),
    only("moderation.queue_of", "/moderasi/penjodohan", MODERATORS, forbidden=OTHER_STAFF),
    only("moderation.passed_on", "/moderasi/diteruskan", MODERATORS, forbidden=OTHER_STAFF),
    only("moderation.stalled", "/moderasi/macet", MODERATORS, forbidden=OTHER_STAFF),
    only("suggestion_moderation.thin", "/moderasi/saran", MODERATORS, forbidden=OTHER_STAFF),
    only("suggestion_moderation.never", "/moderasi/saran/mitra", MODERATORS, forbidden=OTHER_STAFF),
    *both(
        "suggestion_moderation.write",
        "/moderasi/saran/tulis?peluang={listing_id}&mitra={startup_partner}",
        MODERATORS,
        forbidden=OTHER_STAFF,
    ),
    *[
        only(
            f"moderation.{verb}",
            f"/moderasi/organisasi/{{waiting_claim}}/{path}",
            MODERATORS,
            method="POST",
            forbidden=OTHER_STAFF,
        )
        for verb, path in (("hold", "pegang"), ("release", "lepas"))
    ],
    *both(
        "match_moderation.decide",
        "/moderasi/penjodohan/{accepted_interest}",
        MODERATORS,
        forbidden=OTHER_STAFF,
    ),
    only("organisation_moderation.register", "/moderasi/organisasi", MODERATORS, forbidden=OTHER_STAFF),
    *both(
        "organisation_moderation.decide",
        "/moderasi/organisasi/{new_partner}",
        MODERATORS,
        forbidden=OTHER_STAFF,
    ),
    *both(
        "successions.propose",
        "/moderasi/organisasi/{new_partner}/penerus",
        MODERATORS,
        forbidden=OTHER_STAFF,
    ),
    only(
        "successions.decide",
        "/moderasi/organisasi/{madiun}/penerus/putuskan",
        MODERATORS,
        method="POST",
        forbidden=OTHER_STAFF,
    ),
    *both(
        "organisations.successor",
        "/dasbor/organisasi/{madiun}/penerus",
        "other_approver",
        forbidden=MODERATORS,
    ),
    *both(
        "opportunity_moderation.decide",
        "/moderasi/peluang/{submitted_version}",
        MODERATORS,
        forbidden=OTHER_STAFF,
    ),
]
