"""What wallets and this side say to each other: OpenID4VCI 1.0 and OpenID4VP 1.0 as values, parsers and checks.

Nothing is fetched, drawn or remembered here. That a code, a nonce or a proof is used once needs a memory: the caller's.
"""
