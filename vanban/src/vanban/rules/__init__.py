"""Declarative rules: each carries examples that match and examples that do not, and the tests run them."""
