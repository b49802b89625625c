"""Who seals: a port with a key in a file, in a hardware module (PKCS #11), or at a remote service (CSC)."""
