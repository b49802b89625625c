"""The table of steps: its sources exist, pages name no step that it does not have, people's docs lead to it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from ecvet.rules import rules
from ecvet_platform.shell.steps import STEPS

if not settings.configured:
    settings.configure(USE_I18N=False)

ROOT = Path(__file__).parents[2]
PLATFORM = ROOT / "src" / "ecvet_platform"
PAGES = sorted(PLATFORM.glob("*/templates/**/*.html"))
OF_A_STEP = (
    "mobility/agreement", "mobility/choose", "mobility/propose", "institutions/memorandum", "institutions/propose",
    "credit/assess", "credit/transcript", "credit/correct", "credit/validate", "credit/recognise", "credit/portfolios",
    "credit/claims", "credit/progress", "guests/paper", "dossier/answer",
)  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_every_rule_that_a_step_names_exists(name: str) -> None:
    known = {one.id for one in rules()}
    assert set(re.findall(r"R-[A-Z]+-\d+", STEPS[name].source)) <= known
    assert STEPS[name].source


@pytest.mark.parametrize("page", OF_A_STEP)
def test_the_page_of_a_step_says_what_it_is_for(page: str) -> None:
    (file,) = (one for one in PAGES if str(one).endswith(f"/templates/{page}.html"))
    assert "{{ h." in file.read_text(encoding="utf-8")


def test_pages_and_start_page_name_steps_of_the_table() -> None:
    named = {step for one in PAGES for call in re.findall(r"h\.help\(([^)]*)\)", one.read_text(encoding="utf-8"))
             for step in re.findall(r'"([a-z ]+)"', call)}  # fmt: skip
    assert named
    assert named <= STEPS.keys()
    waiting = {step for one in PLATFORM.glob("*/waiting.py")
               for step in re.findall(r'step="([a-z ]+)"', one.read_text(encoding="utf-8"))}  # fmt: skip
    assert waiting
    assert waiting <= STEPS.keys()


def test_people_are_led_to_the_tables() -> None:
    text = (ROOT / "docs/people/steps.md").read_text(encoding="utf-8")
    for table in ("steps.md", "notices.md"):
        assert f"](../reference/{table})" in text
