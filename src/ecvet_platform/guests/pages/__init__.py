"""The pages of guests: those of the coordinators who invite, and those behind a link."""
