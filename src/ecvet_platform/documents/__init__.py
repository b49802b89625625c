"""Documents: a plain value → Typst → accessible PDF → the seal of an institution.

This room knows no other: the rooms hand it values that are already words in one language (`values.py`). Which fields a
document has, and what they are called, is data in `fields.py`; how it looks is told in `look/`.
"""
