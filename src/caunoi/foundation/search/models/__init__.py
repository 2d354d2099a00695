from caunoi.foundation.search.models.entry import SearchEntry

__all__ = ["SearchEntry"]
