"""Accounts of specialists, trainers and administrators: passwords, sessions, roles. Owners stay anonymous."""
