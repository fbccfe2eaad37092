"""A voice coach that lives in somebody's earbuds while they train, offline."""

from __future__ import annotations

__all__: list[str] = []
