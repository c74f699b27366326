"""Doorstep: guides, a catalog, and applications that are never lost and never doubled."""
