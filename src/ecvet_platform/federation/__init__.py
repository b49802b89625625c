"""The network: other servers follow the journal out, and what they send calls the actions of the rooms in.

The pure half is `ecvet.federation`; the protocol is written down in docs/integrate/network.md.
"""
