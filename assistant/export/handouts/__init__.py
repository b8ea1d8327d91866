"""Handouts of the workshop as papers: standards side by side, made companies, quizzes, a class screened in one go."""
