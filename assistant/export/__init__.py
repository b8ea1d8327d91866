"""Results and handouts as files: one document model (``paper.py``) and one writer per format.

``paper.py`` is what a file says, ``docx.py``, ``pdf.py``, ``xlsx.py`` and ``pptx.py`` are how it looks. What is put on paper
is decided in ``conversation.py`` (a conversation) and in the rooms whose results these are (``checkup/report.py``,
``handouts/``).
"""
