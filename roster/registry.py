"""Finds the rule and goal classes by looking at the files: a file that exists is registered."""

from importlib import import_module
from inspect import isclass
from pkgutil import iter_modules
from typing import TypeVar

T = TypeVar("T")


def discover(package: str, paths: list[str], base: type[T]) -> dict[str, type[T]]:
    """The one subclass of `base` in each module of a package, by module name, in alphabetical order.

    Raises TypeError where a module holds none or several, or where the class's `kind` is not the module's name.
    """
    found: dict[str, type[T]] = {}
    for name in sorted(module.name for module in iter_modules(paths)):
        module = import_module(f"{package}.{name}")
        own = [
            c for c in vars(module).values() if isclass(c) and issubclass(c, base) and c.__module__ == module.__name__
        ]
        if len(own) != 1:
            raise TypeError(f"{package}.{name} holds {len(own)} classes of kind {base.__name__}; it takes one")
        if own[0].model_fields["kind"].default != name:
            raise TypeError(f"{package}.{name}: kind is not the file's name")
        found[name] = own[0]
    return found
