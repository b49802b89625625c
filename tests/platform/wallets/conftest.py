from albas_story import begun_story, story

__all__ = ["begun_story", "story"]
