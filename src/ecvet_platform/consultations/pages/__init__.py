"""Pages of consultations: the office's, those of stakeholders with and without account, and the public report."""
