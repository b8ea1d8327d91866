"""What people say of their company, read without a model: ``extract`` in, ``Extraction`` out (``values``).

The readers share one ``reading.Reading`` of a message; each looks for its own kind of fact and none knows the others. To find
the one that reads a sentence: ``tiaoli extract "…" --json`` shows every fact with its span. Where things are:

- the message: ``text`` (clauses), ``reading`` (what all share), ``polarity`` (said, denied, asked), ``scope`` (supposed, of others),
  ``lexicon`` and ``topic_words`` (the words by which facts go), ``idioms``.
- figures: ``numerals``, ``amounts``, ``runs``, ``series``, ``trend``, ``from_to``, ``numbers``; of what (``topics``, ``carry``) and of when
  (``times``, ``years``, ``rounds``, ``started``); what they come to: ``growth``, ``shares``, ``losses``, ``other_income``, ``broken_down``,
  ``wordless``; what they are not: ``lines`` (of the rule), ``unusable``, ``withdrawn``, ``debts``; and which are not
  the last word: ``adjusted``, ``clash``, ``same_again``.
- equity: ``equity`` and beside it ``equity_doubt``, ``equity_later``, ``equity_none``, ``equity_promised``.
- intellectual property: ``ip`` and beside it ``ip_count``, ``ip_either``, ``ip_joint``, ``ip_lesser``, ``ip_rule``, ``ip_use``, ``ip_words``.
- scores: ``scores``, ``score_gap``, ``unscored``, ``lower_points``.
- standing: ``titles``, ``titles_term``, ``titles_track``, ``lower_titles``, ``cancelled``, ``standing``, ``honours``, ``fame``, ``niche``, ``trades``.
- record: ``flags``, ``gate``, ``basics``, ``record``, ``taxes``, ``listings``, ``punished``, ``graded``, ``denied``.
- what was not figures: ``rest`` ("everything else is met") with ``affirmed``, ``met_by_name``, ``unknowns``, ``disputed``, ``answers``.
- what bears on nothing: ``asides``, ``asked``, ``remarks``, ``told_already``; and what nobody understood: ``trouble``, ``unread``.
- afterwards: ``checks`` (what cannot be), ``describe`` and ``details`` (in words), ``benefits`` (for the check-up only).
"""
