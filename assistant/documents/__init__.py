"""Documents for people who look after them: the list, one as a tree of clauses, its pages, imports and deletions."""
