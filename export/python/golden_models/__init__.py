"""Small models that every reader must score alike, and what they must score."""
