from stories_of import everybody, now

__all__ = ["everybody", "now"]
