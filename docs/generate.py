"""Pages that are made from the code and the data while the documentation is built."""

import inspect
import re
from collections.abc import Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from pydantic import BaseModel

import fujia
from fujia import SKILLS, list_profiles, load_profile
from fujia.cabin.policy.rules import POLICY_FILE, load_rules
from fujia.cabin.policy.special import SPECIAL_RULES, SPECIAL_VERDICTS


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for name, content in (
        ("skills.md", skills_page()),
        ("rules.md", rules_page()),
        ("vehicles.md", vehicles_page()),
        ("python.md", python_page()),
    ):
        files.append(File.generated(config, name, content=content))
    return files


def skills_page() -> str:
    """Every skill with its arguments."""
    rows = (
        (
            f"`{skill.name}`",
            skill.kind,
            skill.en,
            skill.zh,
            ", ".join(f"`{name}`" for name in skill.arguments.model_fields),
        )
        for _, skill in sorted(SKILLS.items())
    )
    head = f"# Skills\n\n{len(SKILLS)} skills; `fujia skills NAME` shows one in full.\n\n"
    return head + table(("skill", "kind", "what it does", "做什么", "arguments"), rows)


def rules_page() -> str:
    """Every rule of the policy file, in its order, and those that are Python."""
    rows = (
        (f"`{rule.id}`", rule.verdict, rule.en, rule.zh, ", ".join(map(str, rule.when)) or "always")
        for rule in load_rules()
    )
    head = f"# Policy rules\n\nThe rules of `{POLICY_FILE.name}`, in order.\n\n"
    data = table(("rule", "verdict", "reason", "原因", "when"), rows)
    verdicts = table(
        ("rule", "verdict"), ((f"`{name}`", kind) for name, kind in SPECIAL_VERDICTS.items())
    )
    code = "\n".join(f"- {inspect.getdoc(rule)}" for rule in SPECIAL_RULES)
    return f"{head}{data}\n\n## Rules in Python\n\n{code}\n\n{verdicts}"


def vehicles_page() -> str:
    """Every vehicle profile with its equipment."""
    parts = ["# Vehicles"]
    for name in list_profiles():
        profile = load_profile(name)
        equipment = ", ".join(f"`{item}`" for item in profile.equipment)
        parts.append(
            f"## {name}\n\n{profile.en} · {profile.zh}, {profile.energy}, "
            f"{len(profile.signals)} signals.\n\nEquipment: {equipment}."
        )
    return "\n\n".join(parts)


def python_page() -> str:
    """Every public name with its signature and docstring, and the methods of the classes."""
    parts = ["# Python", plain(fujia)]
    for name in sorted(fujia.__all__):
        value = getattr(fujia, name)
        if not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        parts += [f"## {name}", signature(value), plain(value)]
        if inspect.isclass(value) and not issubclass(value, (BaseModel, Exception)):
            for method, function in inspect.getmembers(value, inspect.isfunction):
                if not method.startswith("_"):
                    parts += [f"### {name}.{method}", signature(function), plain(function)]
    return "\n\n".join(part for part in parts if part)


def signature(value: Any) -> str:
    """The call as a code block; empty for what has none."""
    if inspect.isclass(value) and issubclass(value, (BaseModel, Exception)):
        return ""
    text = re.sub(r"(?:[a-z_]+\.)+(?=[A-Z])", "", str(inspect.signature(value)))
    return f"```python\n{value.__name__}{text}\n```"


def plain(value: Any) -> str:
    """A docstring as Markdown."""
    text = re.sub(r"``([^`]+)``", r"`\1`", inspect.getdoc(value) or "").replace("::\n", "")
    return re.sub(r"^(Raises):$", r"**\1**\n", text, flags=re.MULTILINE)


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(columns)
    lines = [
        head,
        ["---"] * len(head),
        *([cell.replace("|", "\\|") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
