"""The policy check-up (政策体检): one company against every benefit of its place and every title of the ladder.

Public: ``checkup`` and its result ``CheckUp`` with ``BenefitRow`` and ``TitleRow``.
"""

from assistant.checkup.models import BenefitRow, CheckUp, TitleRow
from assistant.checkup.run import checkup

__all__ = ["BenefitRow", "CheckUp", "TitleRow", "checkup"]
