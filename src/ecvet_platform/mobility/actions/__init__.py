"""The verbs of mobility: enter learners, negotiate and sign agreements, tell what happens during a stay."""
