"""The pages of mobility: learners, agreements, stays."""
