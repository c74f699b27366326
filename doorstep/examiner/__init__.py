"""Examining files: whatever was sent becomes plain pictures, or is refused. Nothing of the sent bytes is kept.

The hostile part, decoding, happens in a process of its own that holds no key and can reach nothing (`child.py`); what
it hands back is believed only where it is a plain JPEG to the last byte (`plain.py`).
"""
