"""A qualification is written as a draft: kept, looked through at every step, shared by its institution, published."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

import stories_of as story
from ecvet.exchange import write_ecvet_file
from ecvet.record import plain
from ecvet.terms import Failure, Identifier, LangString
from ecvet_platform.drafts.actions import keeping, parts, writing
from ecvet_platform.drafts.errors import ChangedMeanwhile, CodeTaken, DraftUnknown
from ecvet_platform.journal import actions as journal
from ecvet_platform.people import actions as people
from ecvet_platform.people.errors import NotYourRole
from ecvet_platform.people.roles import Role
from ecvet_platform.qualifications import actions as qualifications
from ecvet_platform.qualifications.actions import Draft
from ecvet_platform.qualifications.errors import NotYoursToPublish
from ecvet_platform.qualifications.naming import key_of
from stories_of import Cast

NEW = {"title": "Baker", "language": "en", "code": "BAK", "institution": story.BODY, "country": "IT"}


@pytest.fixture
def dimitra(everybody: Cast) -> Client:
    return everybody.browser("Dimitra")


@pytest.fixture
def key(dimitra: Client) -> UUID:
    """A draft of which only the name is known."""
    return UUID(dimitra.post("/drafts/new", NEW).headers["Location"].rpartition("/")[2])


def draft(everybody: Cast, key: UUID) -> Draft:
    return keeping.draft(key, actor=everybody.actor("Dimitra")).draft


def hidden(page: str, name: str = "seen") -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def fill(client: Client, address: str, **typed: Any) -> Any:
    """Open a page, change some of its fields, and send it as a browser does."""
    page = client.get(address)
    form = page.context["form"] if page.context else None
    del form
    return client.post(address, {"seen": hidden(page.content.decode()), **typed})


def unit_of(everybody: Cast, key: UUID, code: str) -> str:
    link = draft(everybody, key).qualification.link(code)
    assert link
    return f"/drafts/{key}/units/{key_of(link.unit)}"


# ------------------------------------------------------------- beginning
def test_a_draft_begins_with_a_name_and_is_kept(everybody: Cast, dimitra: Client, key: UUID):
    item = draft(everybody, key).qualification
    assert (str(item.title), item.code, item.institution, item.country) == ("Baker", "BAK", story.BODY, "IT")
    assert item.id == "https://body.example/qualifications/BAK/1"
    assert "Baker" in dimitra.get("/drafts/").content.decode()
    assert [one.verb for one in journal.read(subject=Identifier(key.urn))] == ["draft.begin"]


@pytest.mark.parametrize(("field", "value"), [("title", ""), ("code", ""), ("institution", "https://x.example/")])
def test_a_name_is_needed_and_what_was_typed_is_kept(dimitra: Client, field: str, value: str):
    answer = dimitra.post("/drafts/new", {**NEW, field: value})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert ("Baker" if field != "title" else "BAK") in answer.content.decode()


@pytest.mark.parametrize("name", ["Bruno", "Chloé", "Marc"])
def test_only_those_who_publish_write(everybody: Cast, key: UUID, name: str):
    with pytest.raises(NotYourRole):
        keeping.draft(key, actor=everybody.actor(name))
    assert everybody.browser(name).get(f"/drafts/{key}").status_code == 403


def test_another_institution_does_not_see_that_there_is_a_draft(everybody: Cast, key: UUID):
    erik = everybody.browser("Erik")
    assert erik.get(f"/drafts/{key}").status_code == erik.get(f"/drafts/{UUID(int=1)}").status_code == 404
    assert erik.get(f"/api/v1/drafts/{key}").json()["code"] == DraftUnknown.code
    assert "Baker" not in erik.get("/drafts/").content.decode()
    assert erik.post(f"/drafts/{key}/discard", {"seen": ""}).status_code == 404


def test_nobody_begins_a_draft_that_he_could_never_publish(everybody: Cast):
    with pytest.raises(NotYoursToPublish):
        keeping.begin(story.DRAFT, actor=everybody.actor("Erik"))


@pytest.mark.parametrize("as_json", [False, True])
def test_a_file_is_the_beginning_of_a_draft(everybody: Cast, dimitra: Client, as_json: bool):
    other = replace(story.HAIRDRESSER, id=Identifier("https://body.example/q/other/1"))
    text = write_ecvet_file(other, story.UNITS, as_json=as_json).decode()
    answer = dimitra.post("/drafts/file", {"text": text})
    kept = draft(everybody, UUID(answer.headers["Location"].rpartition("/")[2]))
    assert kept.units == story.UNITS
    assert kept.qualification.points == other.points
    assert kept.qualification.rules.units == other.rules.units
    made = dimitra.post("/api/v1/drafts/files", text, content_type="application/octet-stream")
    assert made.status_code == 201


def test_a_file_that_is_none_is_told_at_the_form(dimitra: Client):
    answer = dimitra.post("/drafts/file", {"text": "format: ecvet/9\nfoo: bar"})
    assert answer.status_code == 422
    assert "ecvet/9" in answer.content.decode()


# ------------------------------------------------------------- writing
def test_the_whole_is_written_in_the_browser_and_published(everybody: Cast, dimitra: Client, key: UUID):
    base = f"/drafts/{key}"
    assert "To mend" in dimitra.get(base).content.decode()
    fill(dimitra, f"{base}/about", title="Baker", code="BAK", version="1", id="https://body.example/q/baker/1", eqf="4",
         framework="QNQ", nqf="4", isced_f="0721 101", unit_based="on", start="2026-09-01", end="2031-08-31",
         transition_end="2033-08-31")  # fmt: skip
    for code, title in (("DOU", "Dough"), ("OVE", "Oven")):
        dimitra.post(f"{base}/units", {"code": code, "title": title})
        page = unit_of(everybody, key, code)
        fill(dimitra, page, code=code, title=title, assessment="A day of work", eqf="4")
        for kind in ("knowledge", "skills", "competence"):
            dimitra.post(f"{page}/outcomes", {
                "seen": hidden(dimitra.get(f"{page}/outcomes").content.decode()), "kind": kind, "required": "on",
                "text": f"{kind} of {title}", "criteria": "safely\r\nin time",
                "skills": "http://data.europa.eu/esco/skill/1",
            })  # fmt: skip
    fill(dimitra, f"{base}/points?method=time", total="60", grain="1", pathway="school", years="1",
         **{"value-0-0": "100", "value-1-0": "200"})  # fmt: skip
    now = draft(everybody, key)
    assert [str(one.points) for one in now.qualification.units] == ["20 ecvet", "40 ecvet"]
    root = now.qualification.rules.root
    fill(dimitra, f"{base}/rules/{root.id}", role="defined", least_points="60", most_points="60", text="60 points")
    page = dimitra.get(base).content.decode()
    assert "Nothing stands in the way of publishing." in page
    answer = dimitra.post(f"{base}/publish", {"seen": keeping.mark(draft(everybody, key))})
    assert answer.status_code == 302
    found = qualifications.qualification(Identifier("https://body.example/q/baker/1")).value
    assert found.isced_f == ("0721", "101")
    assert found.transition_end is not None
    assert [len(one.value.outcomes) for one in qualifications.units_of(found.id)] == [3, 3]
    assert "is published" in dimitra.get(answer.headers["Location"]).content.decode()
    assert dimitra.get(base).status_code == 404


def test_a_draft_with_an_error_is_not_published_and_stays(everybody: Cast, dimitra: Client, key: UUID):
    assert isinstance(keeping.look(keeping.draft(key, actor=everybody.actor("Dimitra")),
                                   actor=everybody.actor("Dimitra")).publishable, Failure)  # fmt: skip
    answer = dimitra.post(f"/drafts/{key}/publish", {"seen": keeping.mark(draft(everybody, key))})
    assert answer.status_code == 422
    assert "cannot be published" in answer.content.decode()
    assert draft(everybody, key)
    assert qualifications.find(draft(everybody, key).qualification.id) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"id": "baker"}, "is not an identifier"),
        ({"isced_f": "bread"}, "is not a field of ISCED-F"),
        ({"start": "2026-09-01", "end": "2026-08-01"}, "lies below"),
        ({"end": "2026-08-01"}, "since when"),
        ({"nqf": "4"}, "both the framework and the level"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(everybody: Cast, dimitra: Client, key: UUID, typed: Any, says: str):
    given = {"title": "Bread baker", "code": "BAK", "version": "1", "id": "https://body.example/q/b/1", **typed}
    answer = fill(dimitra, f"/drafts/{key}/about", **given)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Bread baker" in answer.content.decode()
    assert str(draft(everybody, key).qualification.title) == "Baker"


def test_a_unit_with_another_code_is_called_so_in_the_rules(everybody: Cast, dimitra: Client, key: UUID):
    dimitra.post(f"/drafts/{key}/units", {"code": "DOU", "title": "Dough"})
    fill(dimitra, unit_of(everybody, key, "DOU"), code="DGH", title="Dough")
    assert draft(everybody, key).qualification.rules.units == ("DGH",)
    again = dimitra.post(f"/drafts/{key}/units", {"code": "DGH", "title": "Other"})
    assert again.status_code == 422
    assert CodeTaken.sentence.format(code="DGH") in again.content.decode()


def test_criteria_keep_their_ids_and_translations_when_one_is_reworded(everybody: Cast, dimitra: Client, key: UUID):
    dimitra.post(f"/drafts/{key}/units", {"code": "DOU", "title": "Dough"})
    page = unit_of(everybody, key, "DOU")
    typed = {"kind": "skills", "text": "kneads", "criteria": "evenly\nin time", "required": "on"}
    dimitra.post(f"{page}/outcomes", {"seen": hidden(dimitra.get(f"{page}/outcomes").content.decode()), **typed})
    fi, name = f"/drafts/{key}/languages/fi", UUID(page.rpartition("/")[2])
    texts = [path for path, _text in parts.texts_of(draft(everybody, key), name) or ()]
    at = texts.index("units.0.outcomes.0.criteria.0.text")
    assert fill(dimitra, f"{fi}/{name}", **{f"text-{at}": "tasaisesti"}).headers["Location"] == fi
    fill(dimitra, f"{page}/outcomes/1", **{**typed, "criteria": "very evenly\nin time\nalone"})
    (outcome,) = draft(everybody, key).units[0].outcomes
    assert [one.id for one in outcome.criteria] == ["1", "2", "3"]
    assert outcome.criteria[0].text == LangString.of({"en": "very evenly", "fi": "tasaisesti"}, authoritative="en")


def test_outcomes_and_units_are_lifted_and_removed(everybody: Cast, dimitra: Client, key: UUID):
    for code in ("A", "B"):
        dimitra.post(f"/drafts/{key}/units", {"code": code, "title": code})
    page = unit_of(everybody, key, "B")
    for text in ("first", "second"):
        seen = hidden(dimitra.get(f"{page}/outcomes").content.decode())
        dimitra.post(f"{page}/outcomes", {"seen": seen, "kind": "skills", "text": text})
    dimitra.post(f"{page}/outcome-step", {"step": "up", "outcome": "2"})
    unit = draft(everybody, key).units[1]
    assert [str(one.text) for one in unit.outcomes] == ["second", "first"]
    dimitra.post(f"{page}/outcome-step", {"step": "remove", "outcome": "1", "seen": keeping.mark(unit.outcomes[1])})
    dimitra.post(f"{page}/step", {"step": "up"})
    assert [one.code for one in draft(everybody, key).qualification.units] == ["B", "A"]
    dimitra.post(f"{page}/step", {"step": "remove", "seen": keeping.mark(draft(everybody, key).units[1])})
    left = draft(everybody, key).qualification
    assert ([one.code for one in left.units], left.rules.units) == (["A"], ("A",))


# ------------------------------------------------------------- published units, versions
def test_a_published_unit_is_taken_and_made_a_new_version(everybody: Cast, dimitra: Client, key: UUID):
    page = dimitra.get(f"/drafts/{key}/units?q=hairdresser").content.decode()
    assert "CUT Cutting" in page
    dimitra.post(f"/drafts/{key}/units", {"unit": str(key_of(story.CUTTING))})
    assert draft(everybody, key).qualification.link("CUT")
    assert draft(everybody, key).units == ()
    dimitra.post(f"/drafts/{key}/units/{key_of(story.CUTTING)}/step", {"step": "renew"})
    (unit,) = draft(everybody, key).units
    assert (unit.replaces, unit.version) == (story.CUTTING, "2")
    assert unit.outcomes == story.UNITS[0].outcomes


@pytest.mark.rule("R-QUAL-5")
def test_the_next_version_is_a_draft_that_replaces_the_one_before(everybody: Cast, dimitra: Client):
    address = f"/qualifications/{key_of(story.QUALIFICATION)}"
    assert f"{address}/next" in dimitra.get(address).content.decode()
    assert f"{address}/next" not in Client().get(address).content.decode()
    assert dimitra.get(f"{address}/next").status_code == 200
    key = UUID(dimitra.post(f"{address}/next").headers["Location"].rpartition("/")[2])
    item = draft(everybody, key).qualification
    assert (item.replaces, item.version) == (story.QUALIFICATION, "2")
    keeping.publish(key, keeping.mark(draft(everybody, key)), actor=everybody.actor("Dimitra"))
    assert [one.id for one in qualifications.versions(story.QUALIFICATION)] == [story.QUALIFICATION, item.id]


# ------------------------------------------------------------- two people
@pytest.fixture
def carla(everybody: Cast) -> Client:
    """A colleague of Dimitra's."""
    made = people.register(email="carla@example.org", name="Carla")
    people.give_role(made, story.BODY, Role.COMPETENT_INSTITUTION)
    client = Client()
    client.post(f"/sign-in/{people.new_link(made)}")
    return client


def test_the_second_of_two_sees_both_versions_and_loses_nothing(
    everybody: Cast, dimitra: Client, carla: Client, key: UUID
):
    about, common = f"/drafts/{key}/about", {"code": "BAK", "version": "1", "id": "https://body.example/q/b/1"}
    seen = hidden(carla.get(about).content.decode())
    fill(dimitra, about, title="Master baker", eqf="5", **common)
    answer = carla.post(about, {"seen": seen, "title": "Artisan baker", **common})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dimitra has changed this" in page
    assert "Master baker" in page
    assert 'value="Artisan baker"' in page
    assert str(draft(everybody, key).qualification.title) == "Master baker"
    saved = carla.post(about, {"seen": hidden(page), "title": "Artisan baker", **common})
    assert saved.status_code == 302
    assert str(draft(everybody, key).qualification.title) == "Artisan baker"


def test_people_who_write_on_different_parts_do_not_disturb_each_other(
    everybody: Cast, dimitra: Client, carla: Client, key: UUID
):
    for code in ("A", "B"):
        dimitra.post(f"/drafts/{key}/units", {"code": code, "title": code})
    one, two = unit_of(everybody, key, "A"), unit_of(everybody, key, "B")
    seen = hidden(carla.get(two).content.decode())
    fill(dimitra, one, code="A", title="Dough")
    assert carla.post(two, {"seen": seen, "code": "B", "title": "Oven"}).status_code == 302
    assert [str(unit.title) for unit in draft(everybody, key).units] == ["Dough", "Oven"]


def test_what_was_removed_meanwhile_is_said_and_the_typed_text_stays(
    everybody: Cast, dimitra: Client, carla: Client, key: UUID
):
    dimitra.post(f"/drafts/{key}/units", {"code": "A", "title": "Dough"})
    page = unit_of(everybody, key, "A")
    seen = hidden(carla.get(page).content.decode())
    dimitra.post(f"{page}/step", {"step": "remove", "seen": keeping.mark(draft(everybody, key).units[0])})
    answer = carla.post(page, {"seen": seen, "code": "A", "title": "Long thought about"})
    assert answer.status_code == 422
    assert "has been removed" in answer.content.decode()
    assert "Long thought about" in answer.content.decode()
    assert carla.get(page).status_code == 409


def test_nobody_removes_or_publishes_or_discards_what_he_has_not_seen(everybody: Cast, dimitra: Client, key: UUID):
    actor = everybody.actor("Dimitra")
    seen = keeping.mark(draft(everybody, key))
    dimitra.post(f"/drafts/{key}/units", {"code": "A", "title": "Dough"})
    for act in (keeping.publish, keeping.discard):
        with pytest.raises(ChangedMeanwhile):
            act(key, seen, actor=actor)
    page = unit_of(everybody, key, "A")
    assert dimitra.post(f"{page}/step", {"step": "remove", "seen": seen}).status_code == 409
    assert draft(everybody, key).units
    keeping.discard(key, keeping.mark(draft(everybody, key)), actor=actor)
    with pytest.raises(DraftUnknown):
        draft(everybody, key)


# ------------------------------------------------------------- programs
def test_programs_write_a_draft_whole_and_publish_it(everybody: Cast, dimitra: Client):
    def send(method: str, address: str, body: Any = None) -> Any:
        return getattr(dimitra, method)(f"/api/v1{address}", body, content_type="application/json")

    item = replace(story.HAIRDRESSER, id=Identifier("https://body.example/q/api/1"), code="API")
    made = send("post", "/drafts", plain(Draft(writing.new(
        code="API", title=item.title, institution=item.institution, country=item.country).qualification)))  # fmt: skip
    assert made.status_code == 201
    assert made.json()["findings"]
    key, mark = made.json()["key"], made.json()["mark"]
    refused = send("post", f"/drafts/{key}/publications?seen={mark}")
    assert (refused.status_code, refused.json()["code"]) == (422, "qualification.publish.not-ready")
    saved = send("put", f"/drafts/{key}?seen={mark}", plain(Draft(item)))
    assert saved.status_code == 200
    late = send("put", f"/drafts/{key}?seen={mark}", plain(Draft(item)))
    assert (late.status_code, late.json()["code"]) == (409, ChangedMeanwhile.code)
    assert [one["title"] for one in dimitra.get("/api/v1/drafts").json()["items"]] == ["Hairdresser"]
    published = send("post", f"/drafts/{key}/publications?seen={saved.json()['mark']}")
    assert published.status_code == 201
    assert qualifications.find(item.id) is not None
    assert dimitra.get(f"/api/v1/drafts/{key}").status_code == 404


@pytest.mark.rule("R-UNIT-11")
def test_a_translation_is_written_beside_the_authoritative_text(everybody: Cast, dimitra: Client, key: UUID):
    page = f"/drafts/{key}/languages/fi"
    assert "Baker</label>" in dimitra.get(page).content.decode()
    fill(dimitra, page, **{"text-0": "Leipuri"})
    title = draft(everybody, key).qualification.title
    assert title == LangString.of({"en": "Baker", "fi": "Leipuri"}, authoritative="en")
    assert dimitra.get(f"/drafts/{key}/languages/xx").status_code == 409
    assert dimitra.get(f"{page}/{UUID(int=1)}").status_code == 409


def test_a_draft_may_be_larger_than_any_record(everybody: Cast, dimitra: Client, key: UUID):
    dimitra.post(f"/drafts/{key}/units", {"code": "A", "title": "Dough"})
    page = unit_of(everybody, key, "A")
    long = replace(draft(everybody, key).units[0], assessment=LangString.of(en="knead, bake and sell " * 20_000))
    keeping.change(key, keeping.WHOLE, None, lambda one: replace(one, units=(long,)), actor=everybody.actor("Dimitra"))
    assert dimitra.get(page).status_code == 200
