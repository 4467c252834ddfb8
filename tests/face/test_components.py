import pytest
from flask_wtf import FlaskForm
from lxml import html
from wtforms import BooleanField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired

from marketplace.core.paging import Paging
from marketplace.opportunities.finding.filters import Option


class Choices(SelectMultipleField):
    """A subclass, as forms use them."""


class Sample(FlaskForm):
    title = StringField("Judul", validators=[DataRequired()], description="Singkat dan jelas.")
    note = StringField("Catatan")
    province = SelectField("Provinsi", choices=[SelectChoice("71", "Sulawesi Utara")])
    kinds = Choices("Jenis", choices=[SelectChoice("a", "Investor"), SelectChoice("b", "Operator")])
    agreed = BooleanField("Setuju")


@pytest.fixture
def form(face):
    with face.test_request_context("/x"):
        yield Sample(formdata=None)


def field(macro, form, name, **options):
    form[name].errors = options.pop("errors", [])
    arguments = "".join(f", {key}={value!r}" for key, value in options.items())
    return html.fromstring(macro("form", "field", f"field(form.{name}{arguments})", form=form))


def test_label_hint_error_and_control_in_this_order_and_tied_together(macro, form):
    row = field(macro, form, "title", errors=["Isian ini wajib."])
    assert [child.tag for child in row] == ["label", "p", "div", "input"]
    control = row.find("input")
    assert control.get("aria-describedby") == "title-petunjuk title-galat"
    assert control.get("aria-invalid") == "true"
    assert "tt-faulty" in row.get("class")


def test_only_what_may_stay_empty_says_so(macro, form):
    assert "boleh kosong" not in field(macro, form, "title").text_content()
    assert "boleh kosong" in field(macro, form, "note").text_content()
    assert "boleh kosong" not in field(macro, form, "note", optional=False).text_content()


def test_money_echoes_what_was_understood(macro, form):
    row = field(macro, form, "note", echo="Rp100.600.000.000")
    assert "Terbaca Rp100.600.000.000" in row.text_content()
    assert row.find("input").get("aria-describedby") == "note-terbaca"


def test_several_choices_are_boxes_in_a_named_group(macro, form):
    form.kinds.data = ["b"]
    group = field(macro, form, "kinds")
    assert group.tag == "fieldset"
    assert group.findtext("legend").startswith("Jenis")
    boxes = group.xpath(".//input[@type='checkbox']")
    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [
        ("a", False),
        ("b", True),
    ]


def test_one_of_a_list_is_a_select_and_a_yes_is_one_box(macro, form):
    assert field(macro, form, "province").find("select").get("id") == "province"
    assert field(macro, form, "agreed").xpath("string(.//label[@for='agreed'])").strip() == "Setuju"


def test_the_summary_links_each_error_to_its_field(macro, form):
    form.title.errors = ["Isian ini wajib."]
    form.form_errors = ["Tenggatnya sudah lewat."]
    box = html.fromstring(macro("form", "error_summary", "error_summary(form)", form=form))
    assert box.get("role") == "alert"
    assert box.get("tabindex") == "-1"
    assert "2 isian" in box.findtext(".//h2/span")
    assert [(a.get("href"), a.text) for a in box.iter("a")] == [("#title", "Judul: Isian ini wajib.")]


def test_no_summary_without_errors(macro, form):
    assert macro("form", "error_summary", "error_summary(form)", form=form) == ""


@pytest.mark.parametrize(
    "days,tone,words",
    [
        (15, "tt-tag", "15 hari lagi"),
        (14, "tt-tag tt-tag-warm", "14 hari lagi"),
        (0, "tt-tag tt-tag-warm", "hari terakhir"),
    ],
)
def test_a_deadline_is_warm_from_fourteen_days_on(macro, days, tone, words):
    tag = html.fromstring(macro("tag", "days_tag", f"days_tag({days})"))
    assert (tag.get("class"), tag.text_content()) == (tone, words)


@pytest.mark.parametrize("days", [None, -1])
def test_no_countdown_without_a_deadline_or_after_it(macro, days):
    assert macro("tag", "days_tag", "days_tag(days)", days=days) == ""


def test_warm_shows_only_to_the_side_that_must_act(macro):
    label = {"tone": "warm", "icon": "clock", "text": "Perlu keterangan"}
    assert "tt-tag-warm" in macro("tag", "status_tag", "status_tag(label)", label=label)
    assert "tt-tag-warm" not in macro("tag", "status_tag", "status_tag(label, waits=False)", label=label)


def test_what_nobody_stated_is_written_out_on_a_card(macro):
    absent = ["title_lang", "sector_name", "value_text", "scheme_text", "readiness", "readiness_text"]
    absent += ["deadline_text", "days_left", "status_label", "source_text", "marks"]
    card = dict.fromkeys(absent)
    card |= {
        "url": "/p",
        "title": "SPAM",
        "dimension_code": "smart-living",
        "dimension_name": "Smart Living",
        "place": "Kota Bitung",
    }
    shown = html.fromstring(macro("card", "card", "card(o)", o=card))
    assert shown.text_content().count("belum dinyatakan") == 4
    assert shown.xpath("string(.//h3/a/@href)") == "/p"


def test_a_title_is_escaped(macro):
    assert "<script>" not in macro("card", "mini", "mini('/x', '<script>alert(1)</script>')")


def test_a_choice_that_finds_nothing_cannot_be_made_but_can_be_taken_off(macro):
    options = [Option("a", "A", 0, False), Option("b", "B", 0, True)]
    group = html.fromstring(
        macro("filter", "filter_group", "filter_group('dimensi', 'Dimensi', options)", options=options)
    )
    assert [box.get("disabled") is not None for box in group.iter("input")] == [True, False]


def test_the_pager_names_where_it_is_and_leaves_gaps(macro):
    shown = html.fromstring(
        macro("nav", "pager", "pager(paging)", paging=Paging(asked=5, size=20, total=200))
    )
    assert shown.xpath("string(.//*[@aria-current='page'])") == "5"
    assert [a.text_content() for a in shown.xpath(".//a[not(@rel)]")] == ["1", "4", "6", "10"]
    assert len(shown.xpath(".//*[contains(@class, 'tt-gap')]")) == 2


def test_no_pager_for_one_page(macro):
    assert macro("nav", "pager", "pager(paging)", paging=Paging(asked=1, size=20, total=20)) == ""


def test_a_petal_has_the_area_of_its_count(macro):
    names = ("Governance", "Branding", "Economy", "Living", "Society", "Environment")
    petals = list(zip(names, (1, 0, 4, 16, 0, 0), strict=True))
    drawn = macro("chart", "flower", "flower(petals, 'Peluang')", petals=petals)
    assert [f"scale({scale})" in drawn for scale in ("0.250", "0.500", "1.000")] == [True, True, True]
    assert drawn.count("scale(") == 3


def test_two_petals_of_equal_count_stand_at_their_own_places(macro):
    names = ("Governance", "Branding", "Economy", "Living", "Society", "Environment")
    drawn = macro("chart", "flower", "flower(petals, 'Peluang')", petals=[(name, 2) for name in names])
    assert all(f"rotate({turn}) scale(1.000)" in drawn for turn in range(0, 360, 60))


def test_the_switch_of_moderation_needs_no_script(macro):
    source = "review_row('nilai', 'Nilai investasi', marked=True, note='Lampirkan', caller=isi)"
    row = html.fromstring(macro("review", "review_row", source, isi=lambda: "Rp1"))
    assert row.xpath("//input[@name='tanda-nilai'][@checked]/@value") == ["ya"]
    assert row.xpath("string(//textarea[@name='catatan-nilai'])") == "Lampirkan"
    assert row.xpath("//label[@for='catatan-nilai']")
