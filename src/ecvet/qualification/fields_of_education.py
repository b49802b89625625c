"""The fields of education and training of ISCED-F 2013, with their English titles (UNESCO Institute for Statistics).

Two digits name a broad field, three a narrow one, four a detailed one. Codes that end in 0 (not further defined), 8
(inter-disciplinary) or 9 (not elsewhere classified) exist for every broad and narrow field, and follow from its title.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

_TITLES: Final = """
00 Generic programmes and qualifications
001 Basic programmes and qualifications
0011 Basic programmes and qualifications
002 Literacy and numeracy
0021 Literacy and numeracy
003 Personal skills and development
0031 Personal skills and development
01 Education
011 Education
0111 Education science
0112 Training for pre-school teachers
0113 Teacher training without subject specialisation
0114 Teacher training with subject specialisation
02 Arts and humanities
021 Arts
0211 Audio-visual techniques and media production
0212 Fashion, interior and industrial design
0213 Fine arts
0214 Handicrafts
0215 Music and performing arts
022 Humanities (except languages)
0221 Religion and theology
0222 History and archaeology
0223 Philosophy and ethics
023 Languages
0231 Language acquisition
0232 Literature and linguistics
03 Social sciences, journalism and information
031 Social and behavioural sciences
0311 Economics
0312 Political sciences and civics
0313 Psychology
0314 Sociology and cultural studies
032 Journalism and information
0321 Journalism and reporting
0322 Library, information and archival studies
04 Business, administration and law
041 Business and administration
0411 Accounting and taxation
0412 Finance, banking and insurance
0413 Management and administration
0414 Marketing and advertising
0415 Secretarial and office work
0416 Wholesale and retail sales
0417 Work skills
042 Law
0421 Law
05 Natural sciences, mathematics and statistics
051 Biological and related sciences
0511 Biology
0512 Biochemistry
052 Environment
0521 Environmental sciences
0522 Natural environments and wildlife
053 Physical sciences
0531 Chemistry
0532 Earth sciences
0533 Physics
054 Mathematics and statistics
0541 Mathematics
0542 Statistics
06 Information and Communication Technologies (ICTs)
061 Information and Communication Technologies (ICTs)
0611 Computer use
0612 Database and network design and administration
0613 Software and applications development and analysis
07 Engineering, manufacturing and construction
071 Engineering and engineering trades
0711 Chemical engineering and processes
0712 Environmental protection technology
0713 Electricity and energy
0714 Electronics and automation
0715 Mechanics and metal trades
0716 Motor vehicles, ships and aircraft
072 Manufacturing and processing
0721 Food processing
0722 Materials (glass, paper, plastic and wood)
0723 Textiles (clothes, footwear and leather)
0724 Mining and extraction
073 Architecture and construction
0731 Architecture and town planning
0732 Building and civil engineering
08 Agriculture, forestry, fisheries and veterinary
081 Agriculture
0811 Crop and livestock production
0812 Horticulture
082 Forestry
0821 Forestry
083 Fisheries
0831 Fisheries
084 Veterinary
0841 Veterinary
09 Health and welfare
091 Health
0911 Dental studies
0912 Medicine
0913 Nursing and midwifery
0914 Medical diagnostic and treatment technology
0915 Therapy and rehabilitation
0916 Pharmacy
0917 Traditional and complementary medicine and therapy
092 Welfare
0921 Care of the elderly and of disabled adults
0922 Child care and youth services
0923 Social work and counselling
10 Services
101 Personal services
1011 Domestic services
1012 Hair and beauty services
1013 Hotel, restaurants and catering
1014 Sports
1015 Travel, tourism and leisure
102 Hygiene and occupational health services
1021 Community sanitation
1022 Occupational health and safety
103 Security services
1031 Military and defence
1032 Protection of persons and property
104 Transport services
1041 Transport services
99 Field unknown
999 Field unknown
9999 Field unknown
"""

_ENDINGS: Final = {
    "0": "{} not further defined", "9": "{} not elsewhere classified",
    "8": "Inter-disciplinary programmes and qualifications involving {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A field of education with its title; `code` has two, three or four digits."""

    code: str
    title: str

    @property
    def address(self) -> str:
        """The URI of the concept in the vocabularies of Europass."""
        return f"http://data.europa.eu/snb/isced-f/{self.code}"


@cache
def fields_of_education() -> tuple[Field, ...]:
    """All fields that have a title of their own, in the order of their codes."""
    return tuple(Field(*line.split(" ", 1)) for line in _TITLES.strip().splitlines())


def field_titled(code: str) -> Field | None:
    """The field with a code; None where ISCED-F 2013 has no such field."""
    titles = {one.code: one.title for one in fields_of_education()}
    if code in titles:
        return Field(code, titles[code])
    stem, ending = code.rstrip("089"), code[-1:]
    above = next((code[:length] for length in (3, 2) if code[:length] in titles and length < len(code)), "")
    if not above or ending not in _ENDINGS or set(code[len(above) :]) != {ending} or len(code) > 4 or stem == code:
        return None
    return Field(code, _ENDINGS[ending].format(titles[above]))


def find_fields(words: str) -> tuple[Field, ...]:
    """The fields whose code begins with the text, or whose title has all of its words; the detailed ones first."""
    wanted = _folded(words).split()
    if not wanted:
        return ()
    found = [one for one in fields_of_education()
             if one.code.startswith(words.strip()) or all(word in _folded(one.title) for word in wanted)]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-len(one.code), one.code)))


def _folded(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in spread if not unicodedata.combining(one))
