"""Writing standards: a template, a linter that runs the rules, and a fact-check table that a lawyer can sign."""
