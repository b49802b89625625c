"""How others say it: files of other systems, and our own, become values here. Parse and print, never fetch.

`read_qualification(data, name, path)` finds the format by the content: ecvet/1 in YAML or JSON, ePerusteet JSON,
openECVET XML. The name serves only to speak of the file.
"""

from ecvet.exchange.ecvet_file import is_ecvet_file, read_ecvet_file, write_ecvet_file
from ecvet.exchange.eperusteet import is_eperusteet, read_eperusteet
from ecvet.exchange.errors import FileDangerous, FileNotUnderstood, PathNotChosen, PathUnknown
from ecvet.exchange.openecvet import read_openecvet
from ecvet.exchange.parsing import read_json, read_xml, read_yaml, text_of
from ecvet.qualification.qualification import Qualification
from ecvet.qualification.unit import Unit
from ecvet.saying import say

__all__ = [
    "FileDangerous",
    "FileNotUnderstood",
    "PathNotChosen",
    "PathUnknown",
    "read_qualification",
    "write_ecvet_file",
]


def read_qualification(data: bytes, name: str, path: str | None = None) -> tuple[Qualification, tuple[Unit, ...]]:
    """A qualification and the units described with it. `path` chooses where a file holds several.

    Raises `FileNotUnderstood`, `FileDangerous`, `PathNotChosen`, `PathUnknown`, or the error of a value in it.
    """
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise FileNotUnderstood(name=name, why=say("it is empty"))
    if start == b"<":
        return read_openecvet(read_xml(data, name), name, path)
    text = text_of(data, name)
    tree = read_json(text, name) if start in (b"{", b"[") else read_yaml(text, name)
    if is_ecvet_file(tree):
        return read_ecvet_file(tree, name, path)
    if is_eperusteet(tree):
        return read_eperusteet(tree, name, path)
    raise FileNotUnderstood(name=name, why=say("its content is of no known format"))
