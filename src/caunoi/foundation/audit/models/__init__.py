from caunoi.foundation.audit.models.entry import ChainLink, Entry

__all__ = ["ChainLink", "Entry"]
