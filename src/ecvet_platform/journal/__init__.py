"""Who did what, when, with which record: append-only, hash-chained, written in the transaction that did it.

The journal is also the outbox: whoever wants to know what happened reads it with a cursor of his own. In the same room
lie the immutable records and their signatures, the one clock and the one source of chance of the platform.
"""
