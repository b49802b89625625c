"""What happens between wallets and this platform.

`offers` and `authorising`: the learner grants; `tokens` and `issuing`: the wallet fetches; `asking`: an institution
asks a wallet; `own`: what the learner sees. Refusals of a protocol do not undo what was used up: doors answer them.
"""
