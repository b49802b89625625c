"""One file per profile: how a draft is written in the words of a format. Mapping only, no cryptography."""
