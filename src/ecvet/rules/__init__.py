"""The rules of the domain as data: what each says, how binding it is, where it is enforced, which test proves it.

The table stands in `rules.toml`. A rule that cannot be enforced in software says so in `reason` instead.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `status`: N normative in the Recommendation, G advised, C practice, D derived.

    `enforced_in` is `module:name` of the one place in the code, `test` the node id of the test that proves it; `reason`
    says why one of the two is missing.
    """

    id: str
    status: str
    rule: str
    source: str
    enforced_in: str
    test: str
    reason: str = ""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the specification."""
    table = tomllib.loads(files(__name__).joinpath("rules.toml").read_text(encoding="utf-8"))
    return tuple(Rule(id=name, **entry) for name, entry in table.items())
