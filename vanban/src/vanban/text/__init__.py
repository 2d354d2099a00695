"""Text as it should have been stored: one normal form, and the way back to every original offset."""
