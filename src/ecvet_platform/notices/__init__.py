"""Notices: who must know what happened, told by e-mail at once or once a day, in each person's own language.

The room follows the journal with a cursor of its own; no other room calls it.
"""
