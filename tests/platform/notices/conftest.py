from stories_of import begun_cast, everybody, now

__all__ = ["begun_cast", "everybody", "now"]
