"""What the shared questions and papers of whoever files for somebody else are called."""

from __future__ import annotations

AGENT = "agent_name"
"""The question for their name (`agent`)."""

ACTING = "acting_as"
GUARDIAN = "guardian"
"""Where a form asks in what right they act (`acting`), the answer that claims guardianship."""

AGENT_IDENTITY = "agent-identity"
"""The id of their identity papers: to check both identities is to see them."""
