"""YAML data files, checked against a pydantic model, with errors that name file and line."""

from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from fujia.errors import DataError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """YAML as people read it: ``on``, ``off``, ``yes`` and ``no`` are words, not booleans."""

    yaml_implicit_resolvers: ClassVar[Any] = {
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if not (tag == "tag:yaml.org,2002:bool" and first not in "tTfF")
        ]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


Model = TypeVar("Model", bound=BaseModel)


def load_yaml(file: Path, model: type[Model]) -> Model:
    """Read ``file`` and check it against ``model``.

    Raises:
        DataError: the file is missing, is not YAML, or does not follow the model.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(file, 0, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(file, 0, f"is not UTF-8 text (byte {error.start})") from None
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "is not YAML"
        raise DataError(file, mark.line + 1 if mark else 0, str(problem)) from None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(file, _line(text, first["loc"]), f"{place}: {first['msg']}") from None


def _line(text: str, location: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest node on the way to ``location``."""
    node: Any = yaml.compose(text, Loader=_Loader)  # pyright: ignore[reportUnknownMemberType]
    line = 1
    for part in location:
        if node is None:
            break
        line = node.start_mark.line + 1
        node = _child(node, part)
    return node.start_mark.line + 1 if node is not None else line


def _child(node: Any, part: int | str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if str(key.value) == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None
