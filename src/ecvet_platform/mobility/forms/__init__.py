"""What a person may type about learners, agreements and stays."""
