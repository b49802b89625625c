"""The published vectors of the formats, family by family: `make conformance` runs and counts them."""
