"""The page of a quiz room for those in it."""
