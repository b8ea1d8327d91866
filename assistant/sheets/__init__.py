"""Spreadsheets of companies in and out: headings and messy cells read, verdicts of ``assistant.batch`` written beside them."""
