"""What happens to credentials: issued by the institution that decided, listed and handed to the learner, verified.

One file for each concern; `issue`, `verify` and `trust` are what doors and other rooms call.
"""
