"""A list of learners that somebody brings: which column is what, what each line says, and who is there already.

`guess` names the columns, `read` makes entries of lines, `recognise` finds those who are known. Nobody is entered here;
the same list brought twice enters nobody twice.
"""

from ecvet.mobility.roster.columns import Column, guess, titles
from ecvet.mobility.roster.lines import Answer, Entry, Line, read
from ecvet.mobility.roster.recognition import Acquaintance, recognise

__all__ = ["Acquaintance", "Answer", "Column", "Entry", "Line", "guess", "read", "recognise", "titles"]
