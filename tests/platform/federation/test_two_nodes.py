"""Two servers, two databases, one mobility: Turin on one, Lyon on the other, and only the network between them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from simulators.node import Node

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TURIN, LYON, BODY = "https://turin.example/school", "https://lyon.example/lycee", "https://body.example/"


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Node, Node]]:
    folder = tmp_path_factory.mktemp("nodes")
    turin, lyon = Node(folder / "turin"), Node(folder / "lyon")
    try:
        turin.start(at=NOW)
        lyon.start(at=NOW)
        # the units are of a body that Lyon does not know: they travel as what Turin says
        turin.said("enter(TURIN, BODY); qualifications.publish(DRAFT, actor=actor('Dimitra'))")
        lyon.said("enter(LYON)")
        yield turin, lyon
    finally:
        turin.stop()
        lyon.stop()


def entity(node: Node, institution: str) -> str:
    return str(node.said(f"result = ourselves.entity_of(Identifier({institution!r}))"))


def exchange(*nodes: Node) -> str:
    """A round of each; nothing may be refused or left undone."""
    told = "; ".join(str(node.said("result = str(exchanging.exchange())")) for node in nodes)
    for node in nodes:
        assert node.said("result = [[one.kind, one.outcome, one.problem, one.why] for one in messages.unhappy()]") == []
    return told


def later(days: int, *nodes: Node) -> None:
    for node in nodes:
        node.set_clock(NOW + timedelta(days=days))


def test_a_mobility_goes_from_the_code_on_the_telephone_to_the_decision(nodes: tuple[Node, Node]) -> None:
    turin, lyon = nodes
    ours, theirs = entity(turin, TURIN), entity(lyon, LYON)

    # ------------------------------------------------------------- two people compare the code
    one = turin.said(f"result = tied({theirs!r}, 'Office', LYON)")
    other = lyon.said(f"result = tied({ours!r}, 'Office', TURIN, BODY)")
    assert one == other
    assert len(one.split()) == 6

    # ------------------------------------------------------------- a memorandum
    memorandum = turin.said("result = memoranda.propose(MEMORANDUM, actor=actor('Bruno'))")
    assert "1 arrived, 0 of them refused" in exchange(turin)
    lyon.said(f"t = Identifier({memorandum!r}); memoranda.answer(t, latest(t), Act.ACCEPT, actor=actor('Chloé'))")
    exchange(lyon)
    turin.said(f"t = Identifier({memorandum!r}); memoranda.answer(t, latest(t), Act.ACCEPT, actor=actor('Bruno'))")
    exchange(turin)
    for node, name in ((turin, "Bruno"), (lyon, "Chloé")):
        found = node.said(
            f"result = memoranda.memorandum(Identifier({memorandum!r}), actor=actor({name!r})).in_force is not None"
        )
        assert found

    # ------------------------------------------------------------- an agreement
    thread = turin.said(
        f"a = alba(); m = memoranda.in_force_on(Identifier({memorandum!r}), clock.today()).address;"
        "result = proposing.put_forward(draft(a, m), actor=actor('Bruno'))"
    )
    turin.said(f"t = Identifier({thread!r}); signing.answer(t, latest(t), Act.ACCEPT, actor=actor('Alba0'))")
    exchange(turin)
    lyon.said(f"t = Identifier({thread!r}); signing.answer(t, latest(t), Act.ACCEPT, actor=actor('Chloé'))")
    exchange(lyon)
    turin.said(f"t = Identifier({thread!r}); signing.answer(t, latest(t), Act.ACCEPT, actor=actor('Bruno'))")
    exchange(turin)
    assert lyon.said(f"result = agreements.line(Identifier({thread!r}), actor=actor('Chloé')).in_force") is not None
    assert lyon.said(f"result = agreements.line(Identifier({thread!r}), actor=actor('Chloé')).name") == "Alba Rossi 0"

    # ------------------------------------------------------------- the stay
    later(30, turin, lyon)
    turin.said(f"stays.tell(Identifier({thread!r}), Verb.CONFIRM, on=clock.today(), actor=actor('Bruno'))")
    exchange(turin)
    later(36, turin, lyon)
    lyon.said(f"stays.tell(Identifier({thread!r}), Verb.START, on=clock.today(), actor=actor('Chloé'))")
    exchange(lyon)
    assert turin.said(f"result = agreements.line(Identifier({thread!r}), actor=actor('Bruno')).stay") == "started"

    # ------------------------------------------------------------- assess, transfer
    later(80, turin, lyon)
    lyon.said(
        f"assess.assess(Identifier({thread!r}), unit=CUTTING, outcomes=achieved(), methods=('practical task',),"
        "place='Lyon',"
        "on=clock.today(), actor=actor('Chloé'), position='teacher');"
        f"transcript.transfer(Identifier({thread!r}), actor=actor('Chloé'))"
    )
    exchange(lyon)
    turin.said(f"transcript.acknowledge(Identifier({thread!r}), actor=actor('Bruno'))")

    # ------------------------------------------------------------- validate, recognise
    turin.said(
        f"t = transcript.versions(Identifier({thread!r}), actor=actor('Bruno'))[-1];"
        "v = validate.validate(t.address, unit=CUTTING, comparison=fully(None, CUTTING),"
        "ground=LangString.of(en='Training act'), actor=actor('Bruno'));"
        "people.give_role(accounts['Bruno'], TURIN, Role.COMPETENT_INSTITUTION);"
        "recognise.recognise(v.address, ground=LangString.of(en='Training act'), actor=actor('Bruno'))"
    )
    exchange(turin)
    state = f"c = cases.of_basis(Identifier({thread!r}))[0]; result = [c.result, c.recognition]"
    assert lyon.said(state)[0] == turin.said(state)[0] == "acknowledged"
    assert lyon.said(state)[1] == "recognised"

    # ------------------------------------------------------------- both hold the same
    for node, name in ((turin, LYON), (lyon, TURIN)):
        found = node.said("result = str(exchanging.exchange(compare_now=True))")
        assert "0 documents differ" in found, (name, found)
    same = f"result = conversation.state(Identifier({thread!r}))"
    assert turin.said(same) == lyon.said(same)
    assert turin.said("result = journal.verify()[0]") > 0
    assert lyon.said("result = journal.verify()[0]") > 0
    undelivered = "result = [[one.kind, one.outcome, one.problem] for one in messages.unhappy()]"
    assert turin.said(undelivered) == []
    assert lyon.said(undelivered) == []
