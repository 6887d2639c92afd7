"""Debian's Firefox in place of Chromium, for the tests of this folder."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

_BRIDGE = Path(__file__).with_name("firefox_bridge.py")
#: Not `firefox`: Ubuntu's comes as a snap, which does not read a profile in /tmp.
_PROGRAM = "firefox-esr"
_PREFERENCES: dict[str, str | int | bool] = {
    # What Playwright asks for later, Firefox 140 cannot be told.
    "intl.accept_languages": "de-DE, de",
    "ui.prefersReducedMotion": 1,
    # Nothing but the tests' pages is to be asked for.
    "app.update.auto": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


def _firefox_path() -> str | None:
    named = os.environ.get("KUMPEL_TEST_FIREFOX")
    if named:
        return named if Path(named).exists() else None
    return shutil.which(_PROGRAM)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path = _firefox_path()
    if path is None:
        reason = (
            "No Firefox here: install Debian's firefox-esr or set KUMPEL_TEST_FIREFOX."
        )
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("firefox")
    bridge = folder / "firefox"
    words = shlex.join([sys.executable, str(_BRIDGE), path])
    bridge.write_text(f'#!/bin/sh\nexec {words} "$@"\n', encoding="utf-8")
    bridge.chmod(0o700)
    with sync_playwright() as playwright:
        started = playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=bridge,
            firefox_user_prefs={**_PREFERENCES, "browser.download.dir": str(folder)},
        )
        yield started
        started.close()
