from __future__ import annotations

import errno
import os
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kumpel.errors import StartError
from kumpel.runtime.parts import all_parts
from kumpel.runtime.preflight import check_folder, check_ports, disk_trouble
from kumpel.settings import Settings

ONE_SENTENCE_WITH_A_WAY_OUT = r"^[^\n]+: Bitte [^\n]+\.$"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment({"KUMPEL_VAR": str(tmp_path)})


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_busy_port_names_the_part_and_its_variable(
    settings: Settings, taken_port: int
) -> None:
    parts = all_parts(replace(settings, rasa_port=taken_port))
    with pytest.raises(StartError, match=ONE_SENTENCE_WITH_A_WAY_OUT) as failure:
        check_ports(parts)
    assert f"Port {taken_port} (Sprachmodell)" in str(failure.value)
    assert "KUMPEL_RASA_PORT=" in str(failure.value)


def test_two_parts_on_one_port_are_refused(settings: Settings) -> None:
    parts = all_parts(replace(settings, rasa_port=settings.actions_port))
    with pytest.raises(StartError, match="KUMPEL_ACTIONS_PORT und KUMPEL_RASA_PORT"):
        check_ports(parts)


def test_a_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "var"
    check_folder(folder)
    assert list(folder.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "var"
    path.write_text("")
    with pytest.raises(StartError, match=ONE_SENTENCE_WITH_A_WAY_OUT) as failure:
        check_folder(path)
    assert str(path) in str(failure.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StartError, match="lässt sich nicht beschreiben"):
        check_folder(tmp_path / "var")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "voll"),
        (errno.EDQUOT, "voll"),
        (errno.EROFS, "nicht beschreiben"),
        (errno.EACCES, "nicht beschreiben"),
        (errno.EIO, "Schwierigkeiten"),
    ],
)
def test_each_error_of_a_disk_has_its_words(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number))
    assert words in disk_trouble(error, Path("ordner"))


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_small_disk_is_refused_before_anything_starts(tiny_disk: Path) -> None:
    with pytest.raises(StartError, match="nur noch .* MB frei"):
        check_folder(tiny_disk / "var")


def test_a_full_disk_is_refused_before_anything_starts(tiny_disk: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        (tiny_disk / "ballast").write_bytes(bytes(2_000_000))
    with pytest.raises(StartError, match=r"Festplatte ist voll .*: Bitte"):
        check_folder(tiny_disk)
