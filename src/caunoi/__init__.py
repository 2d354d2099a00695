"""Cầu Nối: foreign affairs and international integration work of the education sector."""
