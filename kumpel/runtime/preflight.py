"""Checks before anything is started; each failure is one sentence with a way out."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import socket
from pathlib import Path

from kumpel.errors import StartError
from kumpel.runtime.parts import Part

_NEEDED_MEGABYTES = 50


def check_ports(parts: list[Part]) -> None:
    """Checks that every part gets its port.

    Raises:
        StartError: A port is taken, forbidden, or wanted by two parts.
    """
    owners: dict[int, Part] = {}
    for part in parts:
        if part.port in owners:
            raise StartError(
                f"{owners[part.port].port_variable} und {part.port_variable} nennen "
                f"denselben Port {part.port}: Bitte einen davon ändern."
            )
        owners[part.port] = part
        _check_port(part)


def _check_port(part: Part) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers themselves do: a port in TIME_WAIT is no busy one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", part.port))
        except PermissionError as error:
            raise StartError(
                f"Port {part.port} ({part.title}) ist dem Systemverwalter "
                f"vorbehalten: Bitte mit {part.port_variable}=NUMMER einen ab 1024 "
                "wählen."
            ) from error
        except OSError as error:
            raise StartError(
                f"Port {part.port} ({part.title}) ist schon belegt: Bitte das andere "
                "Programm beenden (läuft Kumpel schon?) oder mit "
                f"{part.port_variable}=NUMMER einen freien Port wählen."
            ) from error


def check_folder(folder: Path) -> None:
    """Makes the folder of all state and checks that it takes data.

    Raises:
        StartError: It cannot be written to, or its disk is (nearly) full.
    """
    probe = folder / f".probe-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(os.urandom(4096))
    except OSError as error:
        raise StartError(disk_trouble(error, folder)) from error
    finally:
        _remove(probe)
    free_megabytes = shutil.disk_usage(folder).free // 2**20
    if free_megabytes < _NEEDED_MEGABYTES:
        raise StartError(
            f"Auf der Festplatte von {folder} sind nur noch {free_megabytes} MB frei, "
            f"Kumpel braucht mindestens {_NEEDED_MEGABYTES} MB: Bitte Platz schaffen "
            "oder mit KUMPEL_VAR=ORDNER einen anderen Ordner wählen."
        )


def disk_trouble(error: OSError, folder: Path) -> str:
    """Returns the German sentence for an error of writing.

    Args:
        error: What the system said.
        folder: Where it happened, if the error does not say.
    """
    place = error.filename or folder
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return (
            f"Die Festplatte ist voll ({place}): Bitte Platz schaffen oder mit "
            "KUMPEL_VAR=ORDNER einen anderen Ordner wählen."
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"{place} lässt sich nicht beschreiben: Bitte die Rechte des Ordners "
            "ändern oder mit KUMPEL_VAR=ORDNER einen anderen Ordner wählen."
        )
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return (
            f"{place} ist kein Ordner: Bitte mit KUMPEL_VAR=ORDNER einen Ordner wählen."
        )
    return f"{place} macht Schwierigkeiten ({error.strerror}): Bitte prüfen."


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return
