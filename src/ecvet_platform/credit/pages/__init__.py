"""The pages of credit: what stands, the steps of host, home and competent institution, and the learner's own."""
