"""Manifests beside artefacts."""

from pathlib import Path

import pytest

from fujia.errors import DataError, InputError
from fujia.foundry.manifest import (
    Manifest,
    claim,
    hash_file,
    hash_files,
    manifest_path,
    read_manifest,
    versions,
    write_manifest,
)


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    artefact = tmp_path / "train.jsonl"
    manifest = Manifest(station="generate", settings={"seed": 1}, inputs={"words": "ab"})
    write_manifest(artefact, manifest)
    assert read_manifest(artefact) == manifest
    assert [file.name for file in tmp_path.iterdir()] == ["train.jsonl.manifest.json"]


def test_no_manifest_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "train.jsonl") is None


def test_a_broken_manifest_is_named(tmp_path: Path) -> None:
    artefact = tmp_path / "train.jsonl"
    manifest_path(artefact).write_text('{"station": 3}', encoding="utf-8")
    with pytest.raises(DataError, match=r"train\.jsonl\.manifest\.json"):
        read_manifest(artefact)


@pytest.mark.parametrize(
    "change", [{"settings": {"seed": 2}}, {"inputs": {"words": "cd"}}, {"station": "train"}]
)
def test_other_settings_or_inputs_are_other_work(change: dict[str, object]) -> None:
    manifest = Manifest(station="generate", settings={"seed": 1}, inputs={"words": "ab"})
    done = manifest.model_copy(update={"complete": True, "counts": {"examples": 3}})
    assert manifest.same_work(done)
    assert not manifest.same_work(manifest.model_copy(update=change))


def test_hashes_follow_content_and_name_but_not_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    two.write_text("b")
    assert hash_file(one) == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    before = hash_files([one, two])
    assert before == hash_files([two, one])
    two.write_text("c")
    assert hash_files([one, two]) != before


def test_versions_leave_out_what_is_not_installed() -> None:
    assert "python" in versions("no-such-package-at-all")
    assert "no-such-package-at-all" not in versions("no-such-package-at-all")


def test_a_station_writes_only_what_is_its_own(tmp_path: Path) -> None:
    out = tmp_path / "mine.jsonl"
    assert claim(out, "label") is None, "nothing is there yet"
    out.write_text("precious", encoding="utf-8")
    with pytest.raises(InputError, match="has no manifest"):
        claim(out, "label")
    manifest = Manifest(station="label")
    write_manifest(out, manifest)
    assert claim(out, "label") == manifest
    with pytest.raises(InputError, match="made by 'fujia foundry label'"):
        claim(out, "generate")
    with pytest.raises(InputError, match="is read"):
        claim(out, "label", [tmp_path / "none.jsonl", tmp_path / "." / "mine.jsonl"])
