"""The verbs of the network: describe oneself, know partners, send, receive, compare."""
