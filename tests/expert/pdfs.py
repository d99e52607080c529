"""PDF files made for tests: with columns, tables, running heads, and with everything wrong."""

import io
import zlib
from collections.abc import Iterable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
FONT = "STSong-Light"
LEFT = 60

BODY = (
    "将灯光开关转到自动位置后，车辆会根据环境亮度自动打开或关闭近光灯，隧道内也会点亮。"
    "在浓雾或大雪中光线传感器可能无法识别，请手动打开近光灯和后雾灯，并确认仪表上的指示灯点亮。"
)
DANGER = (
    "切勿在行驶过程中注视灯光，否则会造成短暂失明，从而引发事故，请务必小心驾驶并保持安全距离。"
)
STEPS = (
    "按下中控屏上的车辆按钮。",
    "选择灯光，再选择自动大灯，屏幕上会显示自动大灯已经打开的提示信息，大约三秒钟之后它会自己消失。",
    "完成。",
)
TABLE = (("项目", "规格", "单位"), ("前轮胎压", "2.5", "bar"), ("后轮胎压", "2.7", "bar"))


class Page:
    """Writes down a page of a PDF, from its top to its bottom."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.y = HEIGHT - 80.0

    def line(self, text: str, size: float = 10, x: float = LEFT) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.y, text)
        self.y -= 1.4 * size

    def heading(self, text: str, size: float) -> None:
        self.y -= 6
        self.line(text, size)

    def paragraph(self, text: str, width: int = 48, x: float = LEFT) -> None:
        for start in range(0, len(text), width):
            self.line(text[start : start + width], x=x)
        self.y -= 9

    def steps(self, steps: Iterable[str], width: int = 44) -> None:
        for number, step in enumerate(steps, start=1):
            self.line(f"{number}. {step[:width]}")
            for start in range(width, len(step), width):
                self.line(step[start : start + width], x=LEFT + 14)
        self.y -= 9

    def table(self, rows: Iterable[Iterable[str]]) -> None:
        for row in rows:
            self.canvas.setFont(FONT, 10)
            for x, cell in zip((60, 220, 380), row, strict=True):
                self.canvas.drawString(x, self.y, cell)
            self.y -= 16
        self.y -= 9

    def columns(self, left: str, right: str) -> None:
        top = self.y
        self.paragraph(left, width=22)
        bottom, self.y = self.y, top
        self.paragraph(right, width=22, x=320)
        self.y = min(self.y, bottom)


def canvas_for(file: Path | io.BytesIO, **options: object) -> Canvas:
    """An empty PDF that has the Chinese font."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return Canvas(str(file) if isinstance(file, Path) else file, pagesize=A4, **options)


def manual(file: Path, pages: int, *, outline: bool = True) -> Path:
    """A manual with a chapter a page, running heads, page numbers and all kinds of blocks."""
    canvas = canvas_for(file)
    for number in range(1, pages + 1):
        page = Page(canvas)
        canvas.setFont(FONT, 8)
        canvas.drawString(LEFT, HEIGHT - 30, "某某汽车 用户手册")
        canvas.drawString(WIDTH - 100, HEIGHT - 30, f"第{number}章")
        canvas.drawCentredString(WIDTH / 2, 25, f"- {number} -")
        if outline:
            canvas.bookmarkPage(f"page{number}")
            canvas.addOutlineEntry(f"{number} 灯光与雨刮{number}", f"page{number}", 0)
        page.heading(f"{number} 灯光与雨刮{number}", 20)
        page.heading(f"自动大灯{number}", 14)
        page.paragraph(BODY)
        page.line("警告")
        page.paragraph(DANGER)
        page.steps(STEPS)
        page.table(TABLE)
        page.heading(f"雨刮{number}", 14)
        page.columns("左栏" + BODY, "右栏" + BODY)
        canvas.showPage()
    canvas.save()
    return file


def encrypted(file: Path) -> Path:
    """A PDF that takes a password."""
    canvas = canvas_for(file, encrypt=StandardEncryption("secret"))
    canvas.drawString(LEFT, 700, "secret")
    canvas.save()
    return file


def blank(file: Path, pages: int) -> Path:
    """A PDF without a letter."""
    canvas = canvas_for(file)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return file


def scanned(file: Path) -> Path:
    """A PDF whose page is a picture, a grey one."""
    header = b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray"
    picture = header + b" /BitsPerComponent 8 /Length 64 >>\nstream\n" + b"\x80" * 64
    draw = b"q 595 0 0 842 0 0 cm /I Do Q"
    return _written(
        file,
        [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /XObject << /I 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
            picture + b"\nendstream",
        ],
    )


def bomb(file: Path, mebibytes: int) -> Path:
    """A small PDF whose page unpacks, in two steps, to that much."""
    packer = zlib.compressobj(9)
    first = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = zlib.compress(first + again * (mebibytes - 1) + packer.flush(), 9)
    return _written(
        file,
        [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
            % (len(packed), packed),
        ],
    )


def _written(file: Path, objects: list[bytes]) -> Path:
    """A PDF of one page, which is the first of ``objects`` and numbered 3."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places: list[int] = []
    catalogue = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    ]
    for number, content in enumerate(catalogue + objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(places) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start))
    file.write_bytes(out.getvalue())
    return file
