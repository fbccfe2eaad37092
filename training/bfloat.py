"""Products of training in bfloat16, where the processor has instructions for it; the rest of a step stays in float32.

With float32 sums: what goes into a layer, its weights and the slopes that come back keep eight bits each, which is
far less noise than that of a batch. The slopes of the weights are float32 products, since the library that
jax multiplies with (oneDNN) is slower at those in bfloat16.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

_INSTRUCTIONS = frozenset({"avx512_bf16", "amx_bf16"})
Product = Callable[[Any, Any], Any]
"""Values (batch, frames, inputs) and weights (outputs, inputs) to (batch, frames, outputs)."""


def exact(values: Any, weights: Any) -> Any:  # noqa: ANN401 - arrays of numpy or jax
    """The product in the numbers that are given."""
    return values @ weights.T


def bfloat16() -> Product:
    """The product in bfloat16, and how slopes go back through it; for jax's arrays of float32."""
    import jax  # noqa: PLC0415 - a tool of training only
    import jax.numpy as jnp  # noqa: PLC0415

    def multiplied(one: Any, other: Any, over: tuple[int, int]) -> Any:  # noqa: ANN401
        summed = (((over[0],), (over[1],)), ((), ()))
        return jax.lax.dot_general(one, other, summed, preferred_element_type=jnp.float32)

    def forward(values: Any, weights: Any) -> Any:  # noqa: ANN401
        short = weights.astype(jnp.bfloat16)
        return multiplied(values.astype(jnp.bfloat16), short, (1, 1)), (values, short)

    def backward(held: Any, slopes: Any) -> Any:  # noqa: ANN401
        values, short = held
        return multiplied(slopes.astype(jnp.bfloat16), short, (1, 0)), multiplied(slopes, values, (0, 0))

    rows = jax.custom_vjp(lambda values, weights: forward(values, weights)[0])
    rows.defvjp(forward, backward)

    def product(values: Any, weights: Any) -> Any:  # noqa: ANN401
        flat = rows(values.reshape(-1, values.shape[-1]), weights)
        return flat.reshape(*values.shape[:-1], -1)

    return product


def fast_here(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether this processor multiplies bfloat16 faster than float32; no where nothing says so."""
    try:
        return not _INSTRUCTIONS.isdisjoint(cpuinfo.read_text(encoding="ascii", errors="replace").split())
    except OSError:
        return False
