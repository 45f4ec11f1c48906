"""The rules of the house that a machine can check: docstrings, units and shapes, layers' words, sizes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
LIBRARY = sorted(path for path in (SOURCE / "sandop").rglob("*.py") if path.name != "__init__.py")
WORKBENCH = sorted(
    path
    for path in (SOURCE / "sandop_web").rglob("*.py")
    if path.name != "__init__.py" and path.parent.name != "migrations"
)
MODULES = LIBRARY + WORKBENCH
ARRAY = re.compile(r"\b(NDArray|Values|Numbers|Floats|Places|Flags|Ints|Singles|Texts)\b")
SHAPE = re.compile(r"\(\w[\w ]*,(?: ?\w[\w +]*,?)*\)")
TERMS = re.compile(r"data_closed?|closed?_data|data_owner|sop_manager")  # the field's own words, vague or not
VAGUE = {"data", "info", "manager", "utils", "helper", "helpers", "misc", "common"}


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree.body:
        overload = any("overload" in ast.unparse(decorator) for decorator in getattr(node, "decorator_list", []))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not overload:
            yield node


def _arrays(node: ast.FunctionDef) -> Iterator[str]:
    for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if argument.annotation is not None and ARRAY.search(ast.unparse(argument.annotation)):
            yield argument.arg


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_public_name_says_what_it_means(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the file has no docstring"
    silent = [node.name for node in _public(tree) if not ast.get_docstring(node)]
    assert not silent


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_array_has_its_shape_in_the_docstring(path: Path) -> None:
    """A public function that takes or returns arrays names at least one shape such as (row, period), and every array
    argument by name."""
    silent = []
    for node in _public(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        doc = ast.get_docstring(node) or ""
        returns = node.returns is not None and ARRAY.search(ast.unparse(node.returns))
        arrays = list(_arrays(node))
        if (arrays or returns) and not SHAPE.search(doc):
            silent.append(f"{node.name}: no shape")
        silent += [f"{node.name}: {name} is not described" for name in arrays if not re.search(rf"\b{name}\b", doc)]
    assert not silent


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_names_are_planners_words_and_files_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    names = {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    vague = {name for name in names | {path.stem} if VAGUE & set(TERMS.sub("", name.lower()).split("_"))}
    assert not vague
    assert text.count("\n") <= 400, "look for the second idea inside"


def test_the_library_knows_no_clock_and_no_environment() -> None:
    """`today`, `seed` and settings arrive as arguments."""
    forbidden = re.compile(
        r"datetime\.now|date\.today|time\.time\(|os\.environ\.get|np\.random\.(?!Generator|default_rng)"
    )
    found = [path.name for path in LIBRARY if forbidden.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_rules_of_the_workbench_take_the_time_from_whoever_acts() -> None:
    """Actions, queries and access know no clock: the door says when somebody acts."""
    clock = re.compile(r"datetime\.now|date\.today|timezone\.now|time\.time\(")
    found = [
        str(path.relative_to(SOURCE))
        for path in WORKBENCH
        if path.parts[len(SOURCE.parts) + 1] in ("actions", "queries", "access")
        and clock.search(path.read_text("utf-8"))
    ]
    assert not found


def test_only_the_store_and_its_rules_know_the_database() -> None:
    """Models are defined in the store; pages and API never see them."""
    models = re.compile(r"^from django\.db import models|models\.Model\b", re.MULTILINE)
    found = [
        str(path.relative_to(SOURCE))
        for path in WORKBENCH
        if "store" not in path.parts and models.search(path.read_text("utf-8"))
    ]
    assert not found
