"""Units with their parts and sizes, required outcomes, help with wording, links to fields of education and ESCO."""

import re
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ecvet_platform.drafts.actions import keeping, parts
from ecvet_platform.qualifications.naming import key_of
from writing_a_draft import Editor

SKILL = "http://data.europa.eu/esco/skill/1"


def unit(editor: Editor, code: str = "DOU") -> UUID:
    link = editor.draft.qualification.link(code)
    assert link
    return key_of(link.unit)


def outcome(editor: Editor, text: str) -> str:
    """An outcome of the unit DOU; the address of its unit."""
    page = f"/units/{unit(editor)}"
    editor.save(f"{page}/outcomes", kind="skills", text=text, required="on", criteria="well")
    return page


def test_a_unit_has_parts_with_points_of_their_own(editor: Editor):
    page = f"/units/{unit(editor)}"
    for code, points in (("AI", "4"), ("FI", "7")):
        assert editor.save(f"{page}/parts", code=code, title=code, points=points, compulsory="on").status_code == 302
    editor.save(f"{page}/parts/2", code="FI", title="Finnish", points="3")
    (first, second) = editor.draft.units[0].sub_areas
    assert (first.code, first.compulsory, str(second.title), second.compulsory) == ("AI", True, "Finnish", False)
    assert second.points is not None
    assert second.points.value == 3
    assert "Finnish" in editor.page(page)
    editor.client.post(f"{editor.base}{page}/parts/1/step", {"step": "remove", "seen": keeping.mark(first)})
    assert editor.draft.units[0].sub_areas == (second,)
    assert editor.client.post(f"{editor.base}{page}/parts/9/step", {"seen": "x"}).status_code == 409


@pytest.mark.rule("R-COMP-9")
def test_a_unit_may_have_a_size_that_is_fixed_per_learner(editor: Editor):
    path = f"/units/{unit(editor)}/size"
    editor.save(path, least="0", most="25")
    link = editor.draft.qualification.link("DOU")
    assert link
    assert (str(link.points), str(link.most)) == ("0 ecvet", "25 ecvet")
    assert "0 to 25 ECVET points" in editor.page("")
    refused = editor.save(path, least="30", most="25")
    assert refused.status_code == 422
    assert "lies below" in refused.content.decode()
    assert "from how many points on" in editor.save(path, most="25").content.decode()
    editor.save(path, weight="12.5")
    link = editor.draft.qualification.link("DOU")
    assert link
    assert (link.points, link.weight) == (None, Decimal("12.5"))


def test_another_size_than_the_method_gave_is_not_told_as_if_it_had(editor: Editor):
    editor.save("/points?method=time", total="60", grain="1", pathway="college", years="1",
                **{"value-0-0": "1", "value-1-0": "2"})  # fmt: skip
    assert editor.draft.qualification.allocation
    editor.save(f"/units/{unit(editor)}/size", least="21")
    assert editor.draft.qualification.allocation is None


@pytest.mark.rule("R-QUAL-4")
def test_a_required_outcome_is_put_into_a_unit(editor: Editor):
    editor.save("/standard/new", text="bakes bread that people like")
    (wanted,) = editor.draft.qualification.standard
    assert "requires outcomes that no unit contains: s1" in editor.page("")
    assert "No unit contains it yet." in editor.page("/standard")
    step = f"{editor.base}/standard/s1/step"
    seen = keeping.mark(wanted)
    assert editor.client.post(step, {"step": "put", "unit": "x", "seen": seen}).status_code == 409
    editor.client.post(step, {"step": "put", "unit": str(unit(editor)), "seen": seen})
    assert "Contained in: DOU Dou" in editor.page("/standard")
    assert "requires outcomes that no unit contains" not in editor.page("")
    editor.save("/standard/s1", text="bakes bread that people buy")
    assert str(editor.draft.qualification.standard[0].text) == "bakes bread that people buy"
    late = editor.client.post(step, {"step": "remove", "seen": seen})
    assert late.status_code == 409
    editor.client.post(step, {"step": "remove", "seen": keeping.mark(editor.draft.qualification.standard[0])})
    assert editor.draft.qualification.standard == ()


# ------------------------------------------------------------- wording
def test_a_vague_verb_is_remarked_on_and_does_not_keep_it_from_being_saved(editor: Editor):
    page = outcome(editor, "understands yeast")
    for where in (page, f"{page}/outcomes/1"):
        assert "“understands” cannot be seen or heard." in editor.page(where)
    assert "cannot be seen" not in editor.page("")
    assert "EQF levels 3–4: describe, explain, compare" in editor.page(f"{page}/outcomes")


# ------------------------------------------------------------- vocabularies
def test_a_field_of_education_is_found_by_words_and_shown_by_its_title(editor: Editor):
    assert "0721 Food processing" in editor.page("/fields?q=FOOD")
    assert "Nothing is found" in editor.page("/fields?q=alchemy")
    editor.client.post(f"{editor.base}/fields", {"step": "put", "field": "0721"})
    assert "0721 Food processing" in editor.page("")
    editor.client.post(f"{editor.base}/fields", {"step": "take", "field": "0721"})
    assert editor.draft.qualification.isced_f == ()
    assert editor.client.post(f"{editor.base}/fields", {"step": "put", "field": "bread"}).status_code == 422


def test_a_code_that_is_no_field_is_told_at_its_field(editor: Editor):
    answer = editor.save("/about", title="Baker", code="BAK", version="1", id="https://x.example/1", isced_f="0799")
    assert answer.status_code == 302
    answer = editor.save("/about", title="Baker", code="BAK", version="1", id="https://x.example/1", isced_f="0717")
    assert "“0717” is not a field of ISCED-F 2013." in answer.content.decode()


def test_skills_are_found_by_words_in_the_languages_that_were_loaded(editor: Editor, tmp_path: Path):
    page = outcome(editor, "bakes bread")
    skills = f"{page}/skills/1"
    assert "Nothing is found" in editor.page(f"{skills}?q=bread")
    for language, label in (("en", "bake bread"), ("fi", "leipoa leipää")):
        file = tmp_path / f"skills_{language}.csv"
        file.write_text(f"conceptUri,preferredLabel\n{SKILL},{label}\n", encoding="utf-8")
        call_command("load_concepts", str(file), language=language)
    assert "bake bread" in editor.page(f"{skills}?q=LEIPAA")
    editor.client.post(f"{editor.base}{skills}", {"step": "put", "field": SKILL})
    found = parts.own_outcome(editor.draft, unit(editor), "1")
    assert found
    assert found.skills == (SKILL,)
    assert "bake bread" in editor.page(skills)
    items = Client().get("/api/v1/qualifications/concepts?q=leipa&language=fi").json()["items"]
    assert items == [{"id": SKILL, "name": "leipoa leipää"}]
    editor.client.post(f"{editor.base}{skills}", {"step": "take", "field": SKILL})
    assert re.search("Nothing is linked yet", editor.page(skills))


def test_a_file_that_holds_no_concepts_is_refused_in_one_sentence(db: None, tmp_path: Path):
    file = tmp_path / "x.csv"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_concepts", str(file), language="en")
    file.write_text("a,b\n")
    with pytest.raises(CommandError, match="no column “conceptUri”"):
        call_command("load_concepts", str(file), language="en")


def test_fields_of_education_are_found_by_programs(db: None):
    found = Client().get("/api/v1/qualifications/fields?q=hair").json()["items"]
    assert found == [
        {"code": "1012", "title": "Hair and beauty services", "id": "http://data.europa.eu/snb/isced-f/1012"}
    ]
