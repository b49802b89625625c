"""One file per format: build, sign, parse, check. They know no domain, no clock and no network."""
