"""Files → clauses → searchable index. Imports the corpus and nothing else of ours."""
