"""The verbs of credit, one file for each step of the story; doors and other rooms call nothing else.

Every verb reads, lets the core decide, and writes record, index and journal in one transaction.
"""
