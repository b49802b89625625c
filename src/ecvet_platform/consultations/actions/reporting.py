"""The report: made once when every comment has a reply, kept as it is, read by everybody."""

import json
from uuid import UUID

from django.db import transaction

from ecvet.qualification.consultation import may_report
from ecvet.qualification.consultation.report import Report, report
from ecvet.record import address_of, canonical, plain, value
from ecvet.terms import Identifier, require
from ecvet_platform.consultations.actions import analysing, consulting, document, stakeholders
from ecvet_platform.consultations.actions.consulting import Consultation
from ecvet_platform.consultations.errors import NoReport
from ecvet_platform.consultations.store import consultations as store
from ecvet_platform.consultations.store import stakeholders as answers
from ecvet_platform.documents import actions as documents
from ecvet_platform.journal import actions as journal
from ecvet_platform.journal import clock
from ecvet_platform.people.language import speaking
from ecvet_platform.people.roles import Actor


@transaction.atomic
def make(key: UUID, *, address: str, actor: Actor) -> Report:
    """Make the report and send everybody who was asked the `address` of its page; guests' addresses are forgotten then.

    Raises `NotYourRole`, `ConsultationUnknown`, `ConsultationRunning`, `ConsultationClosed`, `CommentsUnanswered`.
    """
    item = consulting.office(key, actor=actor, to_change=True)
    require(may_report(item.round, clock.today(), unanswered=analysing.unanswered(key)))
    made = preview(key, actor=actor)
    data = canonical(plain(made))
    store.keep_report(key, data.decode(), clock.today())
    stakeholders.tell_of_report(item, address=address)
    journal.write("consultation.report", by=actor, subject=item.thread, detail={"report": address_of(data)})
    return made


def preview(key: UUID, *, actor: Actor) -> Report:
    """The report as it would be made now. Raises `NotYourRole`, `ConsultationUnknown`."""
    item = consulting.office(key, actor=actor)
    asked = answers.of_consultation(key)
    return report(
        item.round, title=item.title, qualification=item.qualification, institution=item.institution,
        number=item.number, asked=item.asked, snapshot=item.snapshot, minimum=item.minimum, made=clock.today(),
        known=analysing.places(item), responses=answers.responses(key),
        invited=tuple((one.group.value, str(one.country), one.submitted is not None) for one in asked),
        replies=store.replies(key), changes=analysing.changed(item),
    )  # fmt: skip


def made(key: UUID) -> tuple[Consultation, Report]:
    """The report, for everybody. Raises `NoReport`, also where there is no such consultation."""
    item, text = store.one(key), store.report(key)
    if item is None or not text:
        raise NoReport()
    return item, value(Report, json.loads(text), path="report")


def pdf(key: UUID, *, page: str, language: str) -> bytes:
    """The report as a document; `page` is the address of its page. Raises `NoReport`, `LanguageUnknown`."""
    _item, found = made(key)
    with speaking(documents.language(language)):
        return documents.pdf(document.document(found, store.report(key).encode(), language, page))


def of_qualification(name: Identifier) -> tuple[Consultation, ...]:
    """The rounds on a qualification whose reports are there, the latest first; for everybody."""
    return tuple(one for one in store.of_qualification(name) if one.round.reported is not None)
