"""Speed and correctness of the criteria checker on many companies, beside other ways to run the same rule.

The rule is annex 1 of the 2026 measure (专精特新中小企业, first application): its six criteria, without what every applicant
has to meet. All ways judge the same made-up companies in one run; verdicts are counted against an independent exact one.
"""
