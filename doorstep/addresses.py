"""Who sent a request: the address our own proxies vouch for, and the network it belongs to."""

from __future__ import annotations


def client_address(source: str, forwarded: str, proxies: int) -> str:
    """The sender's address. `source` is who connected to us; `forwarded`, X-Forwarded-For, counts only as far as our
    own `proxies` wrote it, from the right.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()] if proxies else []
    return hops[-proxies] if 0 < proxies <= len(hops) else source


HOUSEHOLD, CUSTOMER = 64, 48
"""Bits of IPv6 that one home's devices share, and that a provider may give to one customer."""


def network_of(address: str, shared: int = HOUSEHOLD) -> str:
    """The network an address belongs to: /24 of IPv4, so many `shared` bits of IPv6; what is no address shares one
    bucket.
    """
    import ipaddress  # noqa: PLC0415 — most requests never need it

    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    mapped = getattr(parsed, "ipv4_mapped", None)
    if mapped is not None:
        parsed = mapped
    return str(ipaddress.ip_network(f"{parsed}/{24 if parsed.version == 4 else shared}", strict=False))
