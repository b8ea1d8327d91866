"""Knowledge as data: catalogue, digests, topics, gaps and criteria, with a thin loader. Imports no other room."""
