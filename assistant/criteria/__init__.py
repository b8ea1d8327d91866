"""The eligibility checker: exact, with a trace, and a verdict that names what is missing.

Public: ``check``, ``standards``, ``facts_from_mapping``, ``next_questions``, and the errors ``StandardNotFound`` and
``FactsError``.
"""

from assistant.criteria.ask import next_questions
from assistant.criteria.check import check
from assistant.criteria.facts_file import META, FactsError, facts_from_mapping
from assistant.criteria.select import StandardNotFound
from assistant.criteria.standards import standards

__all__ = ["META", "FactsError", "StandardNotFound", "check", "facts_from_mapping", "next_questions", "standards"]
