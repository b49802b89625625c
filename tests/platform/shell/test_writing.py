"""What stands on pages is what `markupsafe` would have written, sign for sign."""

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup, escape

from ecvet.terms import Identifier
from ecvet_platform.shell.writing import Pages, rendered, written


class Shouting(str):
    """A text that says something else when it is asked."""

    def __str__(self) -> str:
        return "<b>" + super().__str__().upper() + "</b>"


@given(st.one_of(st.text(alphabet="ab&<>'\"é😀 \x00"), st.integers(), st.none(), st.booleans(), st.text().map(Markup)))
def test_every_value_is_written_as_markupsafe_writes_it(value: object) -> None:
    assert str(written(value)) == str(escape(value))


@pytest.mark.parametrize(
    "value",
    [
        Shouting("x"), Identifier("https://a.example/?a=1&b=2"), mark_safe("<i>"), gettext_lazy("a < b"), ["<"],
        Exception("<script>"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_text_is_escaped_too(value: object) -> None:
    assert str(written(value)) == str(escape(value))


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}", "<a href=\"{{ x }}\">{{ y }}</a>", "{{ x ~ y }}", "{{ x | safe }}", "{{ '<' }}", "{{ x | upper }}",
        "{% set z %}{{ x }}{% endset %}{{ z }}", "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(x) }}{{ m(y) }}",
        "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
        "{% autoescape false %}{{ x }}{% endautoescape %}", "{% for one in (x, y) %}{{ one }}{% endfor %}",
        "{% filter upper %}{{ x }}{% endfilter %}",
        "{% macro m() %}{{ caller('<') }}{% endmacro %}{% call(n) m() %}{{ n }}{{ x }}{% endcall %}",
        "{% macro m(a, b='<') %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(x) }}{{ m(x, y, 3, e='&') }}",
        "{% macro m(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ m(*[x], **{'b': y}) }}",
        "{% for one in (x, y) %}{% set z = one %}{{ loop.cycle('a', '<') }}{{ z.upper() }}{% endfor %}",
        "{% block a %}{% set z = x %}{{ z.lower() }}{% endblock %}{{ self.a() }}",
    ],
)  # fmt: skip
def test_templates_say_the_same_with_either_environment(source: str) -> None:
    values = {"x": "<script>alert('1')</script> & \"x\"", "y": Markup("<b>y</b>")}
    made = [kind(autoescape=True).from_string(source).render(values) for kind in (Environment, Pages)]
    assert made[0] == made[1]


def test_a_page_that_is_made_within_another_has_its_own_values() -> None:
    pages = Pages(autoescape=True)
    inner = pages.from_string("{{ token() }}")
    pages.globals.update(token=lambda: rendered().get("mark", ""), inner=lambda: inner.render(mark="in"))
    assert pages.from_string("{{ token() }} {{ inner() }} {{ token() }}").render(mark="out") == "out in out"
    with pytest.raises(ZeroDivisionError):
        pages.from_string("{{ 1 // nought }}").render(nought=0)
    assert not rendered()
