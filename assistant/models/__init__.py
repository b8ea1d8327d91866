"""Language models by configuration: any OpenAI-compatible endpoint, or Ollama. None is a valid answer.

``settings`` reads the configuration, ``endpoints`` makes LangChain's chat models, ``guard`` watches what comes over the
line, ``exchange`` holds one request to its limits, ``chat`` is what the rest of the assistant sees.
"""
