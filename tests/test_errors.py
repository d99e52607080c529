import inspect
from pathlib import Path

from fujia import errors


def classes() -> dict[str, type[Exception]]:
    return {
        name: found
        for name, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, errors.FujiaError)
    }


def drawn() -> dict[str, str | None]:
    """Name and parent of each error in the tree that the module's docstring draws."""
    assert errors.__doc__ is not None
    parents: dict[str, str | None] = {}
    path: list[str] = []
    for line in errors.__doc__.split("::\n", 1)[1].splitlines():
        bare = line.removeprefix("    ")
        text = bare.lstrip("│├└─ ")
        if not text or not text.split()[0].isidentifier() or not text[0].isupper():
            continue
        depth = (len(bare) - len(text)) // 4
        path = [*path[:depth], text.split()[0]]
        parents[path[-1]] = path[-2] if depth else None
    return parents


def test_the_docstring_draws_the_tree_as_it_is():
    real = {
        name: None if found is errors.FujiaError else found.__mro__[1].__name__
        for name, found in classes().items()
    }
    assert drawn() == real


def test_every_error_says_what_it_is_for():
    assert all(found.__doc__ for found in classes().values())


def test_a_data_error_names_file_and_line():
    error = errors.DataError(Path("scenes.yaml"), 7, "no such skill")
    assert str(error) == "scenes.yaml:7: no such skill"
    assert (error.file, error.line) == (Path("scenes.yaml"), 7)


def test_a_data_error_without_a_line_names_the_file():
    assert str(errors.DataError(Path("a.yaml"), 0, "is empty")) == "a.yaml: is empty"


def test_a_missing_extra_says_what_to_install():
    assert "pip install 'fujia[voice]'" in str(errors.MissingExtra("voice"))


def test_a_rejected_actuation_names_its_signal():
    error = errors.ActuationRejected("Vehicle.Body.Hood.IsOpen")
    assert error.path == "Vehicle.Body.Hood.IsOpen"
    assert str(error) == "Vehicle.Body.Hood.IsOpen: the control unit refused"
