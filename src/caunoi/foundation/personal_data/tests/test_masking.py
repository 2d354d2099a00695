import pytest

from caunoi.foundation.personal_data.public import How, mask


@pytest.mark.parametrize(
    ("value", "how", "shown"),
    [
        ("ngoc.ha@thanhgiang.example", How.EMAIL, "n•••@thanhgiang.example"),
        ("khong-phai-thu", How.EMAIL, "•••••"),
        ("0912 345 678", How.PHONE, "••• ••• 678"),
        ("+84 912 345 678", How.PHONE, "••• ••• 678"),
        ("113", How.PHONE, "•••••"),
        ("05/10/1980", How.DATE, "••/••/1980"),
        ("1980", How.DATE, "•••••"),
        ("012345678901", How.NUMBER, "••••••••••01"),
        ("1234", How.NUMBER, "•••••"),
        ("Dân tộc Tày", How.TEXT, "•••••"),
        ("", How.EMAIL, ""),
        (None, How.PHONE, ""),
    ],
)
def test_a_mask_shows_enough_to_recognise_and_too_little_to_use(value: object, how: How, shown: str) -> None:
    assert mask(value, how) == shown
