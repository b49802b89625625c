"""European Digital Credentials (ELM 3.2): what their members mean, and whether all is there that must be."""
