"""The same list in FastAPI with SQLAlchemy and Jinja2: a reader known by a cookie, one institution, nothing else."""

import os
from typing import Annotated

import jinja2
from fastapi import Cookie, FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from sqlalchemy import ForeignKey, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Agreements</title></head><body>
<header><nav>{% for name in nav %}<a href="/{{ name }}">{{ name }}</a>{% endfor %}</nav>{{ user }}</header>
<main><h1>Learning agreements</h1><p>{{ count }} agreements</p><table><thead><tr><th>Learner</th>
<th>Qualification</th><th>From, to</th><th>Days</th><th>Agreement</th><th>Stay</th></tr></thead><tbody>
{% for one in rows %}<tr><th scope="row"><a href="/agreements/{{ one.thread }}">{{ one.learner }}</a></th>
<td>{{ one.title }}</td><td>{{ one.home.name }} → {{ one.hosting.name }}</td><td>{{ one.starts }} – {{ one.ends }}</td>
<td><strong class="tag">{{ one.state }}</strong></td><td><strong class="tag">{{ one.stay }}</strong></td></tr>
{% endfor %}</tbody></table></main></body></html>"""


class Base(DeclarativeBase):
    """The tables that `web.py` copies."""


class Institution(Base):
    """An institution."""

    __tablename__ = "institution"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Agreement(Base):
    """An agreement as the list shows it."""

    __tablename__ = "agreement"
    id: Mapped[int] = mapped_column(primary_key=True)
    thread: Mapped[str]
    learner: Mapped[str]
    title: Mapped[str]
    home_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    hosting_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    starts: Mapped[str]
    ends: Mapped[str]
    state: Mapped[str]
    stay: Mapped[str]
    home: Mapped[Institution] = relationship(foreign_keys=[home_id])
    hosting: Mapped[Institution] = relationship(foreign_keys=[hosting_id])


class Token(Base):
    """Whose cookie it is, and where she works."""

    __tablename__ = "token"
    token: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    institution_id: Mapped[int]


engine = create_engine(f"sqlite:///{os.environ['PEER_DATABASE']}")
template = jinja2.Environment(autoescape=True).from_string(PAGE)
app = FastAPI()


@app.get("/agreements/", response_class=HTMLResponse)
def listing(session: Annotated[str, Cookie()] = "") -> str:
    """The agreements of the institution for which the reader works."""
    with Session(engine) as database:
        reader = database.get(Token, session)
        if reader is None:
            raise HTTPException(403)
        own = Agreement.home_id == reader.institution_id
        rows = database.scalars(
            select(Agreement).where(own).options(joinedload(Agreement.home), joinedload(Agreement.hosting))
            .order_by(Agreement.starts.desc(), Agreement.id).limit(50)
        ).all()  # fmt: skip
        count = database.scalar(select(func.count()).select_from(Agreement).where(own))
        nav = ["qualifications", "institutions", "learners", "agreements", "credit", "credentials"]
        return template.render(rows=rows, count=count, nav=nav, user=reader.name)
