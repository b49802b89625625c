"""How Jinja writes values into pages: escaped as always, without wrapping each cell into an object of its own.

Jinja's generated code calls `markupsafe.escape` for each place of a template and joins what comes back. That makes a
`Markup` of every cell, only to join it with its neighbours; in a list of fifty lines these objects cost an eighth of
the page. What stands on the page is the same, sign for sign (`tests/platform/shell/test_writing.py`).
"""

import re
from typing import Final

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_SPECIAL: Final = re.compile("[&<>'\"]").search


def written(value: object) -> str:
    """A value as it stands on a page; what has special signs, or knows its own HTML, is left to `markupsafe`."""
    if type(value) is Markup:
        return value
    if type(value) is str and _SPECIAL(value) is None:
        return value
    return escape(value)


class _Writing(CodeGenerator):
    """Generates calls of `written` where Jinja would call `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.written(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Pages(Environment):
    """The environment of pages."""

    code_generator_class = _Writing
    written = staticmethod(written)
