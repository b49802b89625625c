from albas_story import begun_story, story
from stories_of import begun_cast, everybody

__all__ = ["begun_cast", "begun_story", "everybody", "story"]
