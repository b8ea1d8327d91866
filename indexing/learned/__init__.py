"""The retrieval model of our own: how it is trained, what ships (``data/``), and how it is used."""
