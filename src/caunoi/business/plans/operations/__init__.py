"""Writes of plans and tasks, one file a subject."""
