"""Doors of wallets: what programs of learners send (`issuing`, `presenting`), and pages of people (`own`, `asking`)."""
