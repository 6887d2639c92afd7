"""The outbox is shown to whoever demonstrates Kumpel, and to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from booking_portal import CitizenClient, embedded, keys

PAIR = (20106, 30201)
HERE = {"Host": "127.0.0.1:8080"}


def booked(zms: CitizenClient) -> None:
    process = zms.reserved(*PAIR)
    zms.told(process, familyName="<b>Zoë</b>", email="zoe@example.org")
    assert zms.post("preconfirm-appointment/", keys(process)).status_code == 200


def opened(zms: CitizenClient, **headers: str) -> tuple[int, str]:
    answer = zms.session.get(
        "http://portal/postausgang", headers={**HERE, "Accept": "text/html", **headers}
    )
    return answer.status_code, answer.text


def test_the_demonstration_shows_the_mails(tmp_path: Path) -> None:
    with embedded(tmp_path, KUMPEL_TRUSTED_PROXIES="0") as zms:
        assert "Noch keine E-Mails" in opened(zms)[1]
        booked(zms)
        status, text = opened(zms)
        city = zms.session.get("http://portal/", headers=HERE).text
    assert status == 200
    assert "Bitte bestätigen Sie Ihren Termin" in text
    assert "zoe@example.org" in text
    assert "<b>Zoë" not in text
    assert "/terminvereinbarung/appointment/confirm/" in text
    assert 'href="/postausgang"' in city


@pytest.mark.parametrize(
    "variables",
    [
        {"KUMPEL_PUBLIC_URL": "https://kumpel.example.org"},
        {"KUMPEL_TRUSTED_PROXIES": "1"},
        {
            "KUMPEL_SMTP_HOST": "127.0.0.1",
            "KUMPEL_SMTP_PORT": "1",
            "KUMPEL_MAIL_SENDER": "termine@example.org",
        },
    ],
    ids=lambda variables: next(iter(variables)),
)
def test_a_portal_for_the_public_shows_nothing(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    with embedded(tmp_path, **{"KUMPEL_TRUSTED_PROXIES": "0", **variables}) as zms:
        booked(zms)
        status, text = opened(zms)
        city = zms.session.get("http://portal/", headers=HERE).text
    assert status == 404
    assert "zoe@" not in text
    assert "/postausgang" not in city


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
        {"Via": "1.1 proxy"},
        {"Host": "kumpel.example.org"},
        {"Host": "127.0.0.1.example.org"},
        {"Host": "localhost.example.org:8080"},
        {"Host": "[::1"},
    ],
    ids=str,
)
def test_who_comes_through_a_proxy_or_another_name_sees_nothing(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    with embedded(tmp_path, KUMPEL_TRUSTED_PROXIES="0") as zms:
        booked(zms)
        status, text = opened(zms, **headers)
    assert status in {400, 404}
    assert "zoe@" not in text
