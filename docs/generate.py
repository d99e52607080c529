"""Pages that are made from the code and the data while the documentation is built."""

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from fujia import SKILLS, list_profiles, load_profile
from fujia.cabin.policy.rules import POLICY_FILE, load_rules


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for name, content in (
        ("skills.md", skills_page()),
        ("rules.md", rules_page()),
        ("vehicles.md", vehicles_page()),
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
    """Every rule of the policy file, in its order."""
    rows = (
        (f"`{rule.id}`", rule.verdict, rule.en, rule.zh, ", ".join(map(str, rule.when)) or "always")
        for rule in load_rules()
    )
    head = (
        f"# Policy rules\n\nThe rules of `{POLICY_FILE.name}`, in order. Rules that need more than "
        "one signal's change are Python; [Policy](policy.md) names them.\n\n"
    )
    return head + table(("rule", "verdict", "reason", "原因", "when"), rows)


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


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(columns)
    lines = [
        head,
        ["---"] * len(head),
        *([cell.replace("|", "\\|") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
