"""The documents of credit: transcript, decision, certificate, statement of award, statement of accumulated credit.

`printing` is what doors call; one file for each document says what its fields hold.
"""
