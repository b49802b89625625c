"""The pages of the learner's own record, of share links, and of requests for erasure."""
