"""The page 培训: standards side by side, sample companies, quizzes, rooms, screening of a class."""
