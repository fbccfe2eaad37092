"""Training's products in bfloat16 are nearly those in float32, forth and back."""

from pathlib import Path

import jax
import numpy as np
import pytest

from training.bfloat import bfloat16, exact, fast_here


def _held() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    dice = np.random.default_rng(4)
    return tuple(dice.normal(size=size).astype(np.float32) for size in ((3, 7, 50), (20, 50), (3, 7, 20)))


def test_a_product_differs_from_the_exact_one_by_less_than_a_hundredth() -> None:
    values, weights, _ = _held()
    wanted = exact(values, weights)
    found = bfloat16()(values, weights)
    assert found.shape == wanted.shape
    assert found.dtype == np.float32
    assert 0 < np.linalg.norm(found - wanted) < 0.01 * np.linalg.norm(wanted)


def test_slopes_go_back_as_through_the_exact_product() -> None:
    values, weights, by = _held()

    def slopes(product) -> tuple[np.ndarray, np.ndarray]:
        return jax.grad(lambda v, w: (product(v, w) * by).sum(), argnums=(0, 1))(values, weights)

    for found, wanted in zip(slopes(bfloat16()), slopes(exact), strict=True):
        assert np.linalg.norm(found - wanted) < 0.01 * np.linalg.norm(wanted)


@pytest.mark.parametrize(
    ("flags", "fast"), [("flags : fpu avx512_bf16 sse", True), ("flags : amx_bf16", True), ("flags : avx512f", False)]
)
def test_only_a_processor_with_instructions_for_it_multiplies_in_bfloat16(
    flags: str, fast: bool, tmp_path: Path
) -> None:
    (tmp_path / "cpuinfo").write_text(flags)
    assert fast_here(tmp_path / "cpuinfo") == fast


def test_where_nothing_tells_of_the_processor_products_are_exact(tmp_path: Path) -> None:
    assert not fast_here(tmp_path / "cpuinfo")
