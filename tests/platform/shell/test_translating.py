"""The work of translators: the next texts, answers taken one by one, tables and memories, drafts confirmed."""

import io
import json
import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner
from openpyxl import load_workbook

from ecvet_platform.shell.catalogues import compile_all, files, memory, status, tables, work
from ecvet_platform.shell.catalogues.__main__ import main
from ecvet_platform.shell.catalogues.checks import problems


@pytest.fixture
def template() -> Catalog:
    made = Catalog(project="ecvet", fuzzy=False)
    made.add("Sign", locations=[("mobility/pages.py", 1)])
    made.add("Units of %(name)s", locations=[("credit/templates/credit/list.html", 2), ("mobility/pages.py", 9)])
    made.add(("%(num)s unit", "%(num)s units"), locations=[("credit/pages.py", 3)])
    made.add("{role} may not sign.", locations=[("ecvet.mobility.errors", 1)])
    return made


@pytest.fixture
def source(tmp_path: Path, template: Catalog) -> Path:
    files.update(template, "lt", tmp_path)
    return tmp_path


def keys(catalog: Catalog) -> dict[str, str]:
    return {files.forms(one.id)[0]: work.key(one) for one in catalog if one.id}


def test_a_draft_is_shown_counted_and_survives_the_next_update(source: Path, template: Catalog):
    catalog = files.read("lt", source)
    taken, refused = work.take(catalog, {keys(catalog)["Sign"]: "Pasirašyti"}, drafted=True)
    assert (taken, refused) == (1, ())
    files.write(catalog, "lt", source)
    before = files.path("lt", source).read_bytes()
    files.update(template, "lt", source)
    assert files.path("lt", source).read_bytes() == before
    again = files.read("lt", source)
    assert files.is_draft(again.get("Sign"))
    assert not again.get("Sign").fuzzy
    assert status.of("lt", source).count == status.Count(people=0, drafts=1, missing=3)
    assert dict(status.of("lt", source).areas)["mobility"] == status.Count(drafts=1, missing=1)
    assert dict(status.of("lt", source).areas)["core"] == status.Count(missing=1)


def test_a_person_confirms_and_a_machine_does_not_replace_it(source: Path):
    catalog = files.read("lt", source)
    key = keys(catalog)["Sign"]
    work.take(catalog, {key: "Pasirašykite"}, drafted=True)
    assert work.take(catalog, {key: "Pasirašyti"}, drafted=False)[0] == 1
    assert not files.is_draft(catalog.get("Sign"))
    taken, (refused,) = work.take(catalog, {key: "Ženklas"}, drafted=True)
    assert taken == 0
    assert "a person has confirmed" in refused.reasons[0]
    assert catalog.get("Sign").string == "Pasirašyti"


def test_bad_translations_are_refused_one_by_one(source: Path):
    catalog = files.read("lt", source)
    key = keys(catalog)
    taken, refused = work.take(
        catalog,
        {
            key["Sign"]: "Pasirašyti",
            key["Units of %(name)s"]: "Vienetai %(vardas)s",
            key["%(num)s unit"]: ["%(num)s vienetas", "%(num)s vienetai"],
            key["{role} may not sign."]: 7,  # type: ignore[dict-item]
            "0000000000": "x",
        },
        drafted=True,
    )
    assert taken == 1
    why = {one.key: " ".join(one.reasons) for one in refused}
    assert "%(name)s is missing" in why[key["Units of %(name)s"]]
    assert "3 number forms are needed, not 2" in why[key["%(num)s unit"]]
    assert "a text, or a list" in why[key["{role} may not sign."]]
    assert "no text has this key" in why["0000000000"]


@pytest.mark.parametrize(
    ("original", "translated", "why"),
    [
        ("Go", " ", "it is empty"),
        ("Go", "Eik ", "white space"),
        ("Go", "100 % eik", "a single “%”"),
        ("Go <b>now</b>", "Eik <b>dabar", "tags must be"),
        ('Go <a href="%(to)s">on</a>', "Eik <a href='%(to)s'>on</a>", "tags must be"),
        ("{n} of {m}", "{n} iš {", "{m} is missing"),
        ('Write {{"unit": 1}}', 'Rašykite {"unit": 1}', "{{ is missing"),
        ("a\n\nb", "a b", "2 line breaks"),
        ("This is a text of words", "This is a text of words", "it is the English text"),
        ("Go", "Eik\x07", "control characters"),
    ],
)
def test_what_is_wrong_is_said(original: str, translated: str, why: str):
    assert why in " ".join(problems([original], [translated], Catalog(locale="lt")))


def test_one_in_words_may_drop_its_number_but_many_may_not():
    english = ("%(num)s unit", "%(num)s units")
    assert list(problems(english, ["eine Einheit", "%(num)s Einheiten"], Catalog(locale="de"))) == []
    slovene = ["%(num)s enota", "%(num)s enoti", "%(num)s enote", "enot"]
    assert list(problems(english, slovene, Catalog(locale="sl"))) == ["form 3: %(num)s is missing"]


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".tmx"])
def test_a_language_goes_to_translators_and_comes_back(source: Path, kind: str):
    catalog = files.read("lt", source)
    given = {
        keys(catalog)["Units of %(name)s"]: "=Vienetai: %(name)s",  # begins like a formula
        keys(catalog)["%(num)s unit"]: ["%(num)s vienetas", "%(num)s vienetai", "%(num)s vienetų"],
    }
    assert work.take(catalog, given, drafted=False) == (2, ())
    work.take(catalog, {keys(catalog)["Sign"]: "Pasirašyti"}, drafted=True)
    chosen = [one for one in catalog if one.id]
    if kind == ".tmx":
        found = memory.parse(memory.write(catalog, "lt", chosen), "lt", catalog)
    else:
        write = tables.write_csv if kind == ".csv" else tables.write_xlsx
        found = tables.parse(write(tables.rows(catalog, chosen)), kind)
    assert {name: list(said) for name, (said, state) in found.items() if state == "confirmed"} == {
        name: files.forms(text) and list(files.forms(text)) for name, text in given.items()
    }
    assert found[keys(catalog)["Sign"]] == (("Pasirašyti",), "draft")
    assert len(found) == 3  # what is missing says nothing


def test_a_memory_of_others_is_taken_where_the_english_is_ours(source: Path):
    catalog = files.read("lt", source)
    other = b"""<tmx version="1.4"><header/><body><tu><tuv xml:lang="EN-gb"><seg>Sign</seg></tuv>
      <tuv xml:lang="lt-LT"><seg>Pasira\xc5\xa1yti</seg></tuv></tu></body></tmx>"""
    assert memory.parse(other, "lt", catalog) == {keys(catalog)["Sign"]: (("Pasirašyti",), "")}


@pytest.mark.parametrize("data", [b"<tmx", b"<html/>", b'<!DOCTYPE t [<!ENTITY a "b">]><tmx>&a;</tmx>'])
def test_what_is_no_memory_is_refused(source: Path, data: bytes):
    with pytest.raises(ValueError, match="the file"):
        memory.parse(data, "lt", files.read("lt", source))


def test_a_workbook_has_a_column_for_each_number_form(source: Path):
    catalog = files.read("lt", source)
    page = load_workbook(io.BytesIO(tables.write_xlsx(tables.rows(catalog, [one for one in catalog if one.id])))).active
    assert [cell.value for cell in page[1]][4:7] == [
        "Translation", "Translation, form 1: 2, 3, 4, 5, 6, 7 …", "Translation, form 2: 0, 10, 11, 12, 13, 14 …",
    ]  # fmt: skip


def test_the_commands_speak_json_and_refuse_with_one_sentence(tmp_path: Path):
    run = CliRunner()
    asked = run.invoke(main, ["next", "ga", "-n", "2", "--part", "1/2"])
    assert asked.exit_code == 0, asked.output
    sheet = json.loads(asked.stdout)
    assert (sheet["language"], len(sheet["texts"]) <= 2) == ("ga", True)
    assert run.invoke(main, ["take", "ga", "-"], input="{").exit_code == 1
    assert "is no JSON" in run.invoke(main, ["take", "ga", "-"], input="{").output
    refused = run.invoke(main, ["take", "ga", "-"], input='{"0000000000": "x"}')
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["0000000000"]["reasons"]
    assert "ends with none of" in run.invoke(main, ["export", "ga", str(tmp_path / "ga.doc")]).output
    assert run.invoke(main, ["export", "ga", str(tmp_path / "ga.csv")]).exit_code == 0
    assert run.invoke(main, ["check", "ga"]).exit_code == 0
    assert run.invoke(main, ["next", "xx"]).exit_code == 2


def test_a_catalogue_is_compiled_only_when_it_is_newer(tmp_path: Path):
    source, target = tmp_path / "po", tmp_path / "mo"
    po = source / "fi" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Unit"\nmsgstr "Yksikkö"\n')
    assert compile_all(source, target) == ("fi",)
    assert compile_all(source, target) == ()
    mo = target / "fi" / "LC_MESSAGES" / "django.mo"
    os.utime(po, (mo.stat().st_mtime + 5,) * 2)
    assert compile_all(source, target) == ("fi",)
    assert [file.name for file in mo.parent.iterdir()] == ["django.mo"]
