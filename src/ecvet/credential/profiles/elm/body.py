"""How a European Digital Credential is told from other JSON: its type, and the two vocabularies it is written in."""

from typing import Any, Final

TYPE: Final = "EuropeanDigitalCredential"
CONTEXTS: Final = ("https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap")
"""In this order, and no others: W3C data model 1.1, and the application profile of ELM 3."""


def is_edc(claims: dict[str, Any]) -> bool:
    """Whether claims say that they are a European Digital Credential."""
    types = claims.get("type")
    return TYPE in types if isinstance(types, list) else types == TYPE
