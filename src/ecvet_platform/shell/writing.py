"""How Jinja writes pages: escaped as always, without the work that it does once more for each cell.

Jinja's generated code calls `markupsafe.escape` for each place of a template and joins what comes back. That makes a
`Markup` of every cell, only to join it with its neighbours. And it calls every function through the context, which
asks each whether it wants the context, and copies all of it for those that do. Functions of the pages want two things
of it, the language and the token of the forms; they find them with `spoken` and `rendered`, so that they are called as
they are, and the module of components is made once, not for each page. What stands on the page is the same, sign for
sign (`tests/platform/shell/test_writing.py`).
"""

import operator
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, Final, cast

from django.utils import translation
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_SPECIAL: Final = re.compile("[&<>'\"]").search
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})
_PAGE: Final[ContextVar[Mapping[str, Any]]] = ContextVar("page", default=_NONE)


def rendered() -> Mapping[str, Any]:
    """The values of the page that is being made; none outside a page."""
    return _PAGE.get()


def spoken() -> str | None:
    """The language of the page that is being made; outside a page the one that Django speaks now."""
    found = _PAGE.get().get("language")
    return found if isinstance(found, str) else translation.get_language()


def written(value: object) -> str:
    """A value as it stands on a page; what has special signs, or knows its own HTML, is left to `markupsafe`."""
    if type(value) is Markup:
        return value
    if type(value) is str and _SPECIAL(value) is None:
        return value
    return escape(value)


class _Writing(CodeGenerator):
    """Generates calls of `written` where Jinja would call `escape`, and plain calls where it would ask."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.written(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        self.write("environment.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class _Page(Template):
    """A template that says to the functions it calls for which page they work."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        values = dict(*args, **kwargs)
        before = _PAGE.set(values)
        try:
            return super().render(values)
        finally:
            _PAGE.reset(before)


class Pages(Environment):
    """The environment of pages. No function in it may ask for Jinja's context (`pass_context`)."""

    code_generator_class = _Writing
    template_class = _Page
    written = staticmethod(written)
    call = staticmethod(cast("Callable[..., Any]", operator.call))
