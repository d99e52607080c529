"""The figures in the READMEs: taken from the last ``make bench``, written by ``make readme``."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from fujia.foundry.compare import markdown, table
from tests.transcript import READMES, ROOT

RESULTS = ROOT / "bench" / "results" / "f1.json"
TABLES = Path(__file__).with_suffix(".yaml")
_REGION, _NEAREST = re.compile("(accent|dialect):"), re.compile("(accent|dialect):wu:")
_SECTION = re.compile(r"(?<=\n)(## (?:Figures|数据)\n).*?(?=\n## )", re.DOTALL)

_WORDS = {
    "## Figures\n": {
        "head": (
            "Measured with `make bench` on {cores} cores of {cpu} ({system}, Python\n"
            "{python}); [bench/results/f1.md](bench/results/f1.md) has all of it. MAC-SLU's\n"
            "development set, 419 real utterances from cars, was looked at while the grammar was\n"
            "written: its figures say how well the grammar fits them, not how it meets what it\n"
            "has never heard."
        ),
        "columns": "| MAC-SLU dev, grammar | all | one command | several |",
        "frames": "number of commands right",
        "skill": "command F1 (skill)",
        "full": "command F1 (skill, zone, value)",
        "exact": "whole plan exact",
        "uncovered": "utterances not covered",
        "turn": "- A turn takes {p50:.1f} ms (median), {p95:.1f} ms (95th percentile).",
        "say": "- `fujia say` takes {median:.2f} s as a fresh process, and {peak:.0f} MB.",
        "policy": "- {plans:,} random plans in random states: {violations} forbidden end states.",
        "truth": (
            "- {turns:,} turns, {faults:,} of them with an injected fault: {mismatches} times\n"
            "  something was said that the car did not do."
        ),
    },
    "## 数据\n": {
        "head": (
            "用 `make bench` 在 {cores} 核 {cpu}（{system}，Python {python}）上\n"
            "测得，完整记录在 [bench/results/f1.md](bench/results/f1.md)。写语法时看过 MAC-SLU\n"
            "的开发集（419 句真实的车内语料），这些数字说明语法与它有多吻合，\n"
            "不代表面对没听过的说法时的水平。"
        ),
        "columns": "| MAC-SLU 开发集，语法 | 全部 | 单个指令 | 多个指令 |",
        "frames": "指令个数正确",
        "skill": "指令 F1（技能）",
        "full": "指令 F1（技能、位置、数值）",
        "exact": "整个计划完全正确",
        "uncovered": "没有覆盖的句子",
        "turn": "- 一轮对话用时：中位数 {p50:.1f} 毫秒，95 分位 {p95:.1f} 毫秒。",
        "say": "- `fujia say` 作为新进程用时 {median:.2f} 秒，内存峰值 {peak:.0f} MB。",
        "policy": "- {plans:,} 个随机状态下的随机计划：到达禁止状态 {violations} 次。",
        "truth": (
            "- {turns:,} 轮对话，其中 {faults:,} 轮注入了故障：\n"
            "  说的与车做的不一致 {mismatches} 处。"
        ),
    },
}


def figures_of(text: str) -> str:
    """The section of figures as it stands in a README."""
    found = _SECTION.search(text)
    return found.group() if found else ""


def section(head: str, results: dict[str, Any]) -> str:
    """The section under that heading, from the results of the benchmark."""
    words, latency = _WORDS[head], results["latency"]
    truth = results["truth"]
    turns = {name: tally["turns"] for name, tally in truth.items()}
    say = latency["say"]
    lines = [
        words["head"].format(**results["machine"]),
        "",
        *_table(words, results["understanding"]["MAC-SLU dev"]),
        "",
        words["turn"].format(**latency["turn_ms"]),
        words["say"].format(median=say["median_s"], peak=say["peak_mib"] * 1.048576),
        words["policy"].format(
            plans=results["policy"]["plans"], violations=len(results["policy"]["violations"])
        ),
        words["truth"].format(
            turns=sum(turns.values()),
            faults=turns["faults"],
            mismatches=sum(len(tally["mismatches"]) for tally in truth.values()),
        ),
    ]
    language = "en" if head == "## Figures\n" else "zh"
    return head + "\n" + "\n".join([*lines, *student(language), *tables(language)]) + "\n"


def student(language: str) -> list[str]:
    """The students, the grammar and what ships, side by side, from ``f2.json``."""
    models = json.loads((RESULTS.parent / "f2.json").read_text(encoding="utf-8"))["models"]
    lines = markdown(*table(models)).splitlines()
    shown = [line for line in lines if not _REGION.search(line) or _NEAREST.search(line)]
    return ["", _data()["student"][language].rstrip(), "", *shown]


def tables(language: str) -> list[str]:
    """The tables of ``figures.yaml``, every value from its result."""
    heads = {"en": "| {title} | measured | aim |", "zh": "| {title} | 测得 | 目标 |"}
    lines: list[str] = []
    for one in _data()["tables"]:
        lines += ["", heads[language].format(title=one["title"][language]), "|---|---|---|"]
        lines += [
            f"| {row[language]} | {row['shown'].format(value_of(row['value']))} | {row['aim']} |"
            for row in one["rows"]
        ]
    return lines


def _data() -> dict[str, Any]:
    return yaml.safe_load(TABLES.read_text(encoding="utf-8"))


def value_of(place: str) -> Any:
    """``FILE:path.to.value`` of a result; with ``count:`` before it, the length of a list."""
    counted = place.startswith("count:")
    name, _, path = place.removeprefix("count:").partition(":")
    value: Any = json.loads((RESULTS.parent / name).read_text(encoding="utf-8"))
    for key in path.split("."):
        value = value[key]
    return len(value) if counted else value


def _table(words: dict[str, str], groups: dict[str, Any]) -> list[str]:
    chosen = [groups[name] for name in ("all", "single", "multi")]
    rows = [
        (words["frames"], [f"{one['frame_count_accuracy']:.3f}" for one in chosen]),
        (words["skill"], [f"{one['skill']['f1']:.3f}" for one in chosen]),
        (words["full"], [f"{one['skill_zone_value']['f1']:.3f}" for one in chosen]),
        (words["exact"], [f"{one['exact_plans']:.3f}" for one in chosen]),
        (words["uncovered"], [str(one["uncovered"]) for one in chosen]),
    ]
    body = [f"| {name} | {' | '.join(cells)} |" for name, cells in rows]
    return [words["columns"], "|---|---|---|---|", *body]


def main(readmes: tuple[Path, ...] = READMES) -> None:
    """Write the figures anew."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    for readme in readmes:
        text = readme.read_text(encoding="utf-8")
        new = _SECTION.sub(lambda found: section(found[1], results), text)
        readme.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
