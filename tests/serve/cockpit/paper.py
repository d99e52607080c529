"""A small PDF manual about a thing that no other manual knows."""

import os
import subprocess
import sys
from pathlib import Path

from tests.expert.pdfs import Page, canvas_for

SUBJECT = "月光宝盒"
QUESTION = f"手册里{SUBJECT}怎么清洁"


def add_paper(folder: Path) -> None:
    """Put it into the i5's library where ``chromium.server(folder)`` looks for it."""
    canvas = canvas_for(folder / "box.pdf")
    page = Page(canvas)
    page.heading(f"第一章 {SUBJECT}", 18)
    page.paragraph(f"{SUBJECT}在副驾储物箱里。按下{SUBJECT}的银色按钮三秒钟，{SUBJECT}开始播放。")
    page.paragraph(f"{SUBJECT}不用时请盖好。清洁{SUBJECT}时用干布擦拭，不要用水冲洗它的外壳。")
    canvas.showPage()
    canvas.save()
    homes = {f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "STATE")}
    environment = {name: each for name, each in os.environ.items() if "FUJIA_" not in name}
    src = str(Path(__file__).parents[3] / "src")
    command = [sys.executable, "-m", "fujia", "manual", "add", str(folder / "box.pdf")]
    subprocess.run(
        [*command, "--vehicle", "i5", "--lang", "zh"],
        env=environment | homes | {"PYTHONPATH": src}, check=True, capture_output=True,
    )  # fmt: skip
