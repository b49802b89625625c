"""Documents of neighbours in our forms, or in another of theirs."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from ecvet.cli.convert import Converted
from ecvet.errors import EcvetError
from ecvet.exchange.elmo import read_elmo
from ecvet.exchange.elmo_document import ElmoDocument, countable, held, name_of
from ecvet.exchange.elmo_writing import WRITTEN, write_elmo
from ecvet.exchange.errors import NeighbourUnreadable
from ecvet.exchange.ewp import read_ewp
from ecvet.exchange.ewp_agreement import EwpAgreement, to_be
from ecvet.exchange.ewp_iia import memorandum_of, read_iia
from ecvet.exchange.ewp_learning import begun
from ecvet.exchange.ewp_writing import write_ewp
from ecvet.exchange.markup import local
from ecvet.exchange.parsing import read_xml
from ecvet.exchange.report import Became, Remark
from ecvet.record import plain
from ecvet.terms import decimal_text

Refuse = Callable[[str, tuple[str, ...]], EcvetError]


def convert(data: bytes, name: str, to: str | None, scheme: str, *, refuse: Refuse) -> Converted:
    """A file of a neighbour. Raises `NeighbourUnreadable`, `FileDangerous`, and what `refuse` makes."""
    root = local(read_xml(data, name, namespaces=True, unreadable=NeighbourUnreadable))
    if root.startswith("iias-"):
        return _institutional(data, name, to, refuse)
    if root == "la" or root.startswith("omobility-las-"):
        return _agreement(data, name, to, refuse)
    return _transcript(data, name, to, scheme, refuse)


def _transcript(data: bytes, name: str, to: str | None, scheme: str, refuse: Refuse) -> Converted:
    file, what, wanted = read_elmo(data, name), "an ELMO transcript", to or "held"
    if len(file.documents) > 1:
        raise NeighbourUnreadable(name=name, why=f"it holds {len(file.documents)} transcripts; give them one by one")
    (document,) = file.documents
    version = WRITTEN.get(wanted.removeprefix("elmo-"))
    if version is not None:
        content, losses = write_elmo(replace(document, dialect=version), version)
        return Converted(what=what, to=wanted, content=content, remarks=(*file.remarks, *losses))
    if wanted != "held":
        raise refuse(what, ("held", *(f"elmo-{one}" for one in WRITTEN)))
    content, more = _held(document, scheme)
    counted, left_out = countable(document)
    read = tuple(
        Remark(became=Became.READ, subject=str(one.learned.title or one.learned.code or "—"),
               sentence=f"{one.points} from {name_of(one.issuer)}.")
        for one in counted
    )  # fmt: skip
    return Converted(what=what, to=wanted, content=content, remarks=(*read, *file.remarks, *left_out, *more))


def _held(document: ElmoDocument, scheme: str) -> tuple[bytes, tuple[Remark, ...]]:
    """Held credit as its JSON: a code that comes twice, or is missing, is other credit."""
    found = held(document, scheme.lower())
    often = Counter(one.code for one in found.units)
    units = {one.code: decimal_text(one.points) for one in found.units if one.points and often[one.code] == 1}
    others = [one for one in (*found.units, *found.other) if often[one.code] != 1]
    remarks = tuple(
        Remark(became=Became.FLAGGED, subject=code, sentence="The code comes more than once, so it is other credit.")
        for code, times in often.items() if times > 1
    )  # fmt: skip
    told = {"units": units, "other_units_points": [decimal_text(one.points) for one in others if one.points]}
    return _json(told), remarks


def _agreement(data: bytes, name: str, to: str | None, refuse: Refuse) -> Converted:
    file, what, wanted = read_ewp(data, name), "an EWP learning agreement", to or "agreement"
    if len(file.agreements) != 1:
        raise NeighbourUnreadable(name=name, why=f"it holds {len(file.agreements)} learning agreements, and not one")
    one: EwpAgreement = file.agreements[0]
    if wanted == "ewp":
        content, losses = write_ewp(one)
        return Converted(what=what, to=wanted, content=content, remarks=(*file.remarks, *losses))
    if wanted != "agreement":
        raise refuse(what, ("agreement", "ewp"))
    read = tuple(
        Remark(became=Became.READ, subject=said.title, sentence=f"It stands among the {said.table.value}.")
        for said in to_be(one)
    )  # fmt: skip
    content = _json(plain(begun(one, None, {})))
    return Converted(what=what, to=wanted, content=content, remarks=(*read, *file.remarks))


def _institutional(data: bytes, name: str, to: str | None, refuse: Refuse) -> Converted:
    found, remarks = read_iia(data, name)
    what, wanted = "an EWP inter-institutional agreement", to or "memorandum"
    if len(found) != 1:
        raise NeighbourUnreadable(name=name, why=f"it holds {len(found)} agreements, and not one")
    if wanted != "memorandum":
        raise refuse(what, ("memorandum",))
    memorandum, more = memorandum_of(found[0])
    return Converted(what=what, to=wanted, content=_json(plain(memorandum)), remarks=(*remarks, *more))


def _json(told: object) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
