"""Sums of money for people."""

from __future__ import annotations

from tutor.cli.printable import one_line


def money_text(amount: float, currency: str) -> str:
    """A sum with as many decimals as its size needs: a judgement costs a fraction of a cent."""
    shown = f"{amount:,.2f}" if amount >= 1 else f"{amount:.6f}".rstrip("0").rstrip(".")
    return f"{shown} {one_line(currency)}"
