"""The picture of the curve shows the committed figures."""

import json
from pathlib import Path
from xml.etree import ElementTree

from tests.bench import curve

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def test_every_point_of_the_curve_is_drawn_and_the_router_on_each_line() -> None:
    point = {"threshold": 0.0, "cloud_share": 0.0, "car_accuracy": 0.8,
             "with_right_model": 0.8, "with_model_right_4_of_5": 0.8}  # fmt: skip
    last = {**point, "cloud_share": 1.0, "car_accuracy": None, "with_right_model": 1.0}
    result = {"commands": {"set": "a <set>", "utterances": 9}, "curve": [point, last],
              "as_routed": {**point, "cloud_share": 0.5}}  # fmt: skip
    picture = ElementTree.fromstring(curve.draw(result))
    lines = picture.findall(f"{SVG}polyline")
    assert [len(line.attrib["points"].split()) for line in lines] == [2, 2, 1]
    left, right = (pair.split(",") for pair in lines[0].attrib["points"].split())
    assert float(left[0]) < float(right[0]) and float(left[1]) > float(right[1])
    assert len(picture.findall(f"{SVG}circle")) == len(curve.LINES)


def test_the_committed_picture_is_that_of_the_committed_result() -> None:
    result = json.loads((ROOT / curve.OUT).read_text(encoding="utf-8"))
    assert (ROOT / curve.PICTURE).read_text(encoding="utf-8") == curve.draw(result)
