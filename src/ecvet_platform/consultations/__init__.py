"""Consultation on a draft: one frozen text, named stakeholders of several countries and groups, what came of it.

The office puts a snapshot to them; they answer with an account or through a link without one; the office reads counts
and comments, replies, shows what the next version changed, and makes the report.
"""
