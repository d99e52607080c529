from datetime import UTC, datetime
from pathlib import Path

import pytest

from fujia.cabin.memory.receipt import Ledger, Receipt
from fujia.errors import DataError

RECEIPT = Receipt(
    at=datetime(2026, 3, 2, tzinfo=UTC),
    store="abc",
    kinds=("home",),
    deleted=("11" * 32,),
    before="22" * 32,
    after="",
)


def test_a_signed_receipt_is_genuine_and_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    signed = ledger.sign(RECEIPT)
    assert signed.is_genuine()
    assert signed.is_genuine(ledger.key)
    assert Ledger(tmp_path).receipts() == (signed,)
    assert Receipt.model_validate_json(signed.model_dump_json()).is_genuine(ledger.key)


@pytest.mark.parametrize(
    "change",
    [
        {"kinds": ("work",)},
        {"deleted": ()},
        {"at": datetime(2027, 1, 1, tzinfo=UTC)},
        {"signature": "00" * 64},
        {"signature": "no hex"},
        {"key": "00" * 32},
        {"key": ""},
    ],
)
def test_a_changed_receipt_is_not(tmp_path: Path, change: dict[str, object]) -> None:
    signed = Ledger(tmp_path).sign(RECEIPT)
    assert not signed.model_copy(update=change).is_genuine()


def test_somebody_elses_signature_is_told_apart(tmp_path: Path) -> None:
    mine, theirs = Ledger(tmp_path / "a"), Ledger(tmp_path / "b")
    assert theirs.sign(RECEIPT).is_genuine()
    assert not theirs.sign(RECEIPT).is_genuine(mine.key)


def test_it_knows_what_is_still_there() -> None:
    assert RECEIPT.is_gone(["33" * 32])
    assert not RECEIPT.is_gone(["11" * 32])


def test_a_damaged_ledger_names_the_line(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.sign(RECEIPT)
    with (tmp_path / "receipts.jsonl").open("a") as file:
        file.write("{}\n")
    with pytest.raises(DataError, match=r"receipts\.jsonl:2"):
        ledger.receipts()


def test_a_damaged_key_says_what_to_do(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.sign(RECEIPT)
    (tmp_path / "signing.key").write_bytes(b"short")
    with pytest.raises(DataError, match="delete it"):
        ledger.sign(RECEIPT)
