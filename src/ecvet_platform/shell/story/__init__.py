"""The demonstration story, lived through on the platform by the actions of its rooms, each by whom it belongs to.

`world` knows who acts, `tales` what each of them does on which day, `present` what is still open today, `days` brings
the tales into one order, and `terminal` tells it as the command `ecvet story`. What people set out to do, and what they
type in, stands in `ecvet.examples`; nothing here decides anything.
"""

from ecvet_platform.shell.story.terminal import command

__all__ = ["command"]
