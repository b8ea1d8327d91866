"""Company facts as they come in a request."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.facts.values import Facts, Problem
from web import problems


def as_facts(data: dict[str, Any], day: date) -> tuple[Facts, list[Problem]]:
    """Facts of a mapping; values without a year are of the last accounting year before ``day``.

    Raises a 422 problem that names every fact and value that cannot be read.
    """
    from assistant.criteria import FactsError, facts_from_mapping

    try:
        return facts_from_mapping(data, last_year=day.year - 1)
    except FactsError as error:
        raise problems.Problem("invalid-request", str(error)) from error
