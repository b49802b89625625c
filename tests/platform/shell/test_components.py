"""The components of pages: every field with its label, hint and error; nothing unescaped; tables with a caption."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from ecvet.terms import LangString

EVIL = '<script>alert("x")</script>'


class Everything(forms.Form):
    text = forms.CharField(label="A text", help_text="Of any length")
    long = forms.CharField(label="A long text", widget=forms.Textarea)
    one = forms.ChoiceField(label="One of", choices=[("a", "The first"), ("b", EVIL)])
    button = forms.ChoiceField(
        label="One button", choices=[("a", "The first"), ("b", "Other")], widget=forms.RadioSelect
    )
    some = forms.MultipleChoiceField(
        label="Some of", choices=[("a", "The first"), ("b", "Other")], widget=forms.CheckboxSelectMultiple
    )
    day = forms.DateField(label="A day", widget=forms.DateInput)
    yes = forms.BooleanField(label="Agreed")
    number = forms.DecimalField(label="Points", required=False)


@pytest.fixture
def page() -> HttpRequest:
    return RequestFactory().get("/")


def render(source: str, request: HttpRequest | None = None, **values: object) -> str:
    template = engines["jinja2"].from_string('{% import "shell/components.html" as c with context %}' + source)
    return str(template.template.render(csrf_input="", **values))


def test_every_kind_of_field_is_shown_with_its_label_and_its_error():
    form = Everything({"text": "", "one": "z"})
    form.is_valid()
    shown = render("{{ c.error_summary(form) }}{{ c.fields(form) }}", form=form)
    for name, field in form.fields.items():
        assert str(field.label) in shown
        if name != "number":
            assert f'href="#id_{name}"' in shown
            assert f'id="id_{name}-error"' in shown
            assert f'id="id_{name}"' in shown
    assert shown.count("<fieldset") == shown.count("<legend>") == 2


def test_what_was_typed_stays_and_is_escaped():
    form = Everything({"text": EVIL, "long": EVIL, "one": "b", "button": "b", "some": ["b"], "day": "2026-03-01"})
    shown = render("{{ c.fields(form) }}", form=form)
    assert "<script>" not in shown
    assert '<option value="b" selected>' in shown
    assert 'name="button" value="b" checked' in shown
    assert 'name="some" value="b" checked' in shown
    assert 'value="2026-03-01"' in shown


def test_a_table_has_a_caption_and_heads_and_says_when_it_is_empty():
    shown = render(
        "{{ c.table('Units', ['Unit', 'Points'], [[evil, '35']], numeric=(1,)) }}{{ c.table('None', ['A'], []) }}",
        evil=EVIL,
    )
    assert "<caption>Units</caption>" in shown
    assert '<th scope="col" class="numeric">Points</th>' in shown
    assert '<th scope="row">&lt;script&gt;' in shown
    assert "There is nothing here yet." in shown


def test_the_other_components_render():
    shown = render(
        "{{ c.button('Save', 'act', 'save', 'second') }}{{ c.link_button('Go', '/x') }}{{ c.tag('Done', 'good') }}"
        "{{ c.banner('Kept') }}{{ c.summary_list([('Name', evil)]) }}{{ c.pagination(2, 3, '/units?q=a') }}"
        "{{ c.steps([('Agree', 'done', ''), ('Assess', 'now', 'until Friday'), ('Award', 'later', '')]) }}"
        "{% call c.details('More') %}text{% endcall %}{% call c.form('/save') %}{{ c.button('Save') }}{% endcall %}"
        "{{ c.date_input('d', 'Day', day) }}{{ c.textarea('t', 'Text') }}{{ c.radios('r', 'R', [('a', 'A')], 'a') }}",
        evil=EVIL,
        day=date(2026, 3, 1),
    )
    assert "<script>" not in shown
    assert 'name="act" value="save"' in shown
    assert "/units?q=a&amp;page=1" in shown or "/units?q=a&page=1" in shown
    assert 'aria-current="step"' in shown
    assert 'value="2026-03-01"' in shown
    assert 'method="post" action="/save"' in shown


def test_pages_with_one_page_have_no_pagination():
    assert "<nav" not in render("{{ c.pagination(1, 1, '/units') }}")


def test_dates_numbers_and_texts_follow_the_readers_language():
    source = "{{ day | day }}|{{ number | number }}|{{ text | text }}|{{ nothing | day }}"
    values = {
        "day": date(2026, 3, 1),
        "number": Decimal("1234.50"),
        "text": LangString.of(fi="Hiusala", en="Hair"),
        "nothing": None,
    }
    seen = {}
    for code in ("en", "fi", "mt", "de"):
        with translation.override(code):
            seen[code] = render(source, **values)
    assert seen["en"] == "1 March 2026|1,234.5|Hair|–"
    assert seen["fi"].startswith("1. maaliskuuta 2026|1\xa0234,5|Hiusala")
    assert seen["mt"].startswith("1 ta’ Marzu 2026")
    assert seen["de"].startswith("1. März 2026|1.234,5|Hair")
