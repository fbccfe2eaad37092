"""What each key of a script means: the docstrings under the fields of the models that read the files.

pydantic can take them while it makes the classes (``use_attribute_docstrings``), but then every command reads and
parses the models' source, which takes longer than checking a drill; here only those do that show a meaning.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Mapping
from itertools import pairwise

from pydantic import BaseModel


@functools.cache
def meanings_of(model: type[BaseModel]) -> Mapping[str, str]:
    """The docstring under each field of a model, by the field's name."""
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - the source of a class is one
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(body.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }
