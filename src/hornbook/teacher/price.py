"""What a teacher's tokens or hours cost."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hornbook.errors import UsageError
from hornbook.teacher.protocol import Usage

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """US dollars per million tokens, or per hour of the machine that answers.

    Raises UsageError below zero, and for nothing at all: a server that costs nothing needs no price.

    >>> Price(usd_per_million_in=0.15, usd_per_million_out=0.6).of(Usage(tokens_in=1000, tokens_out=500))
    0.00045
    """

    usd_per_million_in: float = 0.0
    usd_per_million_out: float = 0.0
    usd_per_million_cached: float | None = None
    """For input that the server had in its cache; None: as any input."""
    usd_per_hour: float = 0.0
    """All GPUs together, by the clock while calls are in flight."""
    source: str = "given"
    """Where the price is from, with its version."""

    def __post_init__(self) -> None:
        """Refuse what is no price."""
        named = ("usd_per_million_in", "usd_per_million_out", "usd_per_million_cached", "usd_per_hour")
        for name in named:
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise UsageError(f"{name} is {value}; a price is a number of dollars, zero or more")
        if not (self.usd_per_million_in or self.usd_per_million_out or self.usd_per_hour):
            raise UsageError("the price is zero; where nothing is paid give no price, and cap calls or hours")

    @classmethod
    def listed(cls, model: str, provider: str = "") -> Price:
        """Return the price in genai-prices (extra `prices`), which is part of that package: no network.

        Raises UsageError where it lists none, or is not installed.
        """
        try:
            import genai_prices
        except ImportError:
            raise UsageError(
                "prices by name need the package genai-prices: pip install 'hornbook[prices]'; or give the price"
            ) from None
        from importlib.metadata import version

        try:
            tokens_in, tokens_out, cached = (
                float(genai_prices.calc_price(usage, model, provider_id=provider or None).total_price)
                for usage in (
                    genai_prices.Usage(input_tokens=_MILLION),
                    genai_prices.Usage(output_tokens=_MILLION),
                    genai_prices.Usage(input_tokens=_MILLION, cache_read_tokens=_MILLION),
                )
            )
        except LookupError as error:
            raise UsageError(
                f"genai-prices {version('genai-prices')} lists no price for {model!r} ({error}), and unknown is "
                "not zero; give the price"
            ) from None
        return cls(
            usd_per_million_in=tokens_in,
            usd_per_million_out=tokens_out,
            usd_per_million_cached=cached,
            source=f"genai-prices {version('genai-prices')}",
        )

    def of(self, usage: Usage) -> float:
        """Return the dollars for the tokens of one call."""
        cached = min(usage.tokens_cached, usage.tokens_in)
        for_cached = self.usd_per_million_cached
        if for_cached is None:
            for_cached = self.usd_per_million_in
        return (
            (usage.tokens_in - cached) * self.usd_per_million_in
            + cached * for_cached
            + usage.tokens_out * self.usd_per_million_out
        ) / _MILLION


def dollars(usd: float, digits: int) -> str:
    """Return a sum with as many decimal digits, or more where it would else show fewer than two digits of its own.

    >>> dollars(12.5, 2), dollars(0.0004, 2), dollars(0.000123456, 4), dollars(0, 2)
    ('$12.50', '$0.0004', '$0.00012', '$0.00')
    """
    own = 0 if usd == 0 else 1 - math.floor(math.log10(abs(usd)))
    if own <= digits:
        return f"${usd:,.{digits}f}"
    whole, _, decimals = f"${usd:,.{own}f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<{digits}}"
