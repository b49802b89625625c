"""The verbs of guests: invite, open a link with its code, act once in a role, bring and confirm a paper."""
