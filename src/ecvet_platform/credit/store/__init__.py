"""Rows and files ↔ values of credit: cases, facts, the ledger, evidence."""
