"""What countries ask of the structure of their qualifications: dated data, not rules of the core."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ecvet.qualification.combination import UnitPlace, walk
from ecvet.qualification.qualification import Qualification
from ecvet.saying import Said, say
from ecvet.terms import Country, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureProfile:
    """What a country asks of qualifications of one national level and total that begin within `valid`."""

    rule: str
    country: Country
    level: str
    total: Decimal
    valid: Period
    source: str
    compulsory_units: int = 0
    optional_units: int = 0

    def misses(self, qualification: Qualification) -> Iterator[Said]:
        """Sentences about what the qualification lacks; none when the profile does not concern it."""
        concerned = (
            qualification.country == self.country
            and qualification.nqf is not None
            and qualification.nqf.level == self.level
            and qualification.points is not None
            and qualification.points.value == self.total
            and (qualification.valid is None or qualification.valid.start in self.valid)
        )
        if not concerned:
            return
        places = [place.node for place in walk(qualification.rules.root) if isinstance(place.node, UnitPlace)]
        compulsory = {place.unit for place in places if place.compulsory}
        optional = {place.unit for place in places if not place.compulsory}
        if len(compulsory) < self.compulsory_units:
            yield say(
                "“{title}” has too few compulsory units: {has}; in {country} it must have {needs} at least.",
                title=qualification.title,
                has=len(compulsory),
                country=self.country,
                needs=self.compulsory_units,
            )
        if len(optional) < self.optional_units:
            yield say(
                "“{title}” has too few optional units: {has}; in {country} it must have {needs} at least.",
                title=qualification.title,
                has=len(optional),
                country=self.country,
                needs=self.optional_units,
            )


PROFILES: Final = (
    StructureProfile(
        rule="R-COMP-12",
        country=Country("FI"),
        level="4",
        total=Decimal(180),
        valid=Period(date(2015, 8, 1)),
        source="Finnish upper secondary vocational qualifications of 180 competence points",
        compulsory_units=1,
        optional_units=1,
    ),
)
