"""The words of the interface in 24 languages: found in the code, kept in .po files, checked, and marked while drafts.

`python -m ecvet_platform.shell.catalogues --help` is for translators; docs/develop/translating.md tells how (ADR-0024).
"""

from ecvet_platform.shell.catalogues.files import compile_all

__all__ = ["compile_all"]
