"""Documents of universities: our own words in the structure of each dialect, and broken ones of our own making."""

V1 = "https://github.com/emrex-eu/elmo-schemas/tree/v1"
V2 = "https://github.com/emrex-eu/elmo-schemas/tree/v2"
GET = "https://github.com/erasmus-without-paper/ewp-specs-api-omobility-las/blob/stable-v1/endpoints/get-response.xsd"
UPDATE = (
    "https://github.com/erasmus-without-paper/ewp-specs-api-omobility-las/blob/stable-v1/endpoints/update-request.xsd"
)
IIA = "https://github.com/erasmus-without-paper/ewp-specs-api-iias/blob/stable-v{}/endpoints/get-response.xsd"


def course(code: str, title: str, credit: str = "", *, inside: str = "", parts: str = "") -> str:
    """A learning opportunity with what one learner did of it."""
    below = "".join(f"<hasPart>{one}</hasPart>" for one in parts.split("|") if one)
    return (
        f"<learningOpportunitySpecification><identifier type='local'>{code}</identifier>"
        f"<title xml:lang='en'>{title}</title><type>Course</type><specifies>"
        f"<learningOpportunityInstance>{inside}{credit}"
        f"</learningOpportunityInstance></specifies>{below}</learningOpportunitySpecification>"
    )


def credit(value: str, scheme: str = "ects") -> str:
    """A credit on a learning opportunity."""
    return f"<credit><scheme>{scheme}</scheme><value>{value}</value></credit>"


def elmo(*courses: str, space: str = V1, learner: str = "<bday>2004-02-29</bday>", after: str = "") -> bytes:
    """A transcript of the university of Nowhere for Mira Solem."""
    named = f" xmlns='{space}'" if space else ""
    return (
        f"<elmo{named}><generatedDate>2024-05-01T10:00:00+02:00</generatedDate><learner>"
        f"<identifier type='nationalIdentifier'>290204-000</identifier><givenNames>Mira</givenNames>"
        f"<familyName>Solem</familyName>{learner}</learner><report><issuer><country>NO</country>"
        f"<identifier type='schac'>nowhere.example</identifier><title xml:lang='en'>University of Nowhere</title>"
        f"<url>https://nowhere.example</url></issuer>{''.join(courses)}"
        f"<issueDate>2024-05-01T10:00:00+02:00</issueDate></report>{after}</elmo>"
    ).encode()


def component(title: str, code: str = "", value: str = "5", more: str = "") -> str:
    """A component of a learning agreement."""
    return (
        f"<component{more}><los-code>{code}</los-code><title>{title}</title>"
        f"<term-id><term-number>1</term-number><total-terms>2</total-terms></term-id>{credit(value)}</component>"
    )


def signature(name: str, at: str = "2024-01-10T12:00:00+01:00") -> str:
    """What EWP calls a signature."""
    return f"<{name}><signer-name>Ada</signer-name><timestamp>{at}</timestamp></{name}>"


SIGNED = "".join(map(signature, ("student-signature", "sending-hei-signature", "receiving-hei-signature")))


def hei(name: str, schac: str) -> str:
    """An institution of a learning agreement."""
    return f"<{name}><hei-id>{schac}</hei-id><contact-person><given-names>Kai</given-names>" \
           f"<family-name>Berg</family-name><email>kai@{schac}</email></contact-person></{name}>"  # fmt: skip


def agreement(lists: str, *, space: str = GET, days: str = "") -> bytes:
    """A response with one learning agreement of Mira, from Turin to Nowhere."""
    named = f" xmlns='{space}'" if space else ""
    days = days or "<start-date>2024-02-05</start-date><end-date>2024-06-14</end-date>"
    return (
        f"<omobility-las-get-response{named}><la><omobility-id>m-1</omobility-id>{hei('sending-hei', 'turin.example')}"
        f"{hei('receiving-hei', 'nowhere.example')}<receiving-academic-year-id>2023/2024</receiving-academic-year-id>"
        f"<student><given-names>Mira</given-names><family-name>Solem</family-name><birth-date>2004-02-29</birth-date>"
        f"</student>{days}<eqf-level-studied-at-departure>5</eqf-level-studied-at-departure>"
        f"<isced-f-code>1012</isced-f-code>{lists}</la></omobility-las-get-response>"
    ).encode()


def iia(version: int, conditions: str, declared: str, *, in_effect: str = "true") -> bytes:
    """A response with one inter-institutional agreement."""
    name = "conditions-hash" if version == 6 else "iia-hash"
    sides = "".join(
        f"<partner><hei-id>{one}</hei-id><iia-id>{n}</iia-id></partner>"
        for n, one in enumerate(("turin.example", "nowhere.example"))
    )
    return (
        f"<iias-get-response xmlns='{IIA.format(version)}'><iia>{sides}<in-effect>{in_effect}</in-effect>{conditions}"
        f"<{name}>{declared}</{name}></iia></iias-get-response>"
    ).encode()


BOMB = b"""<!DOCTYPE elmo [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><elmo>&b;</elmo>"""
OUTSIDE = b"""<!DOCTYPE elmo [<!ENTITY x SYSTEM "file:///etc/hostname">]><elmo>&x;</elmo>"""
MILLION = b"<elmo>" + b"<a/>" * 1_000_000 + b"</elmo>"
DEEP = b"<elmo>" * 500
WRONGLY_ENCODED = "<?xml version='1.0' encoding='UTF-8'?><elmo>Høst</elmo>".encode("latin-1")
UNKNOWN_ENCODING = b"<?xml version='1.0' encoding='x-nothing'?><elmo/>"
TRUNCATED = elmo(course("A", "Baking", credit("5")))[:-40]
HOSTILE = {
    "bomb": BOMB, "outside": OUTSIDE, "million": MILLION, "deep": DEEP, "encoding": WRONGLY_ENCODED,
    "unknown encoding": UNKNOWN_ENCODING, "truncated": TRUNCATED, "empty": b"", "text": b"hello", "html": b"<html/>",
    "binary": b"\x00\xff\xfe\x00",
}  # fmt: skip
