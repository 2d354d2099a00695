"""Writes of documents, one file a part of the work."""
