"""The entry point of `kumpel`: arguments, and one sentence for each failure."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from kumpel.errors import InvalidInputError, KumpelError
from kumpel.runtime.environment import quieten

_USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        arguments: Without the program's name; default is the command line.

    Returns:
        0 on success, 1 where something failed, 2 for a wrong call or input.
    """
    # Before TensorFlow or spaCy can be imported by any command.
    quieten()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _dispatch(words)
    except InvalidInputError as error:
        return _fail(str(error), _USAGE_ERROR)
    except KumpelError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # Somebody closed our output, as `kumpel status | head -1` does.
        sys.stderr.close()
        return 1
    except OSError as error:
        from kumpel.runtime.preflight import disk_trouble
        from kumpel.settings import Settings

        return _fail(disk_trouble(error, Settings.from_environment().var))
    except KeyboardInterrupt:
        return _fail("Abgebrochen.", 130)


def _dispatch(words: list[str]) -> int:
    if words[:1] == ["evaluate"]:
        # Its code needs Rasa, which takes seconds to import.
        from kumpel.evaluation.command_line import main as evaluate

        return evaluate(words[1:])
    options = _parser().parse_args(words)
    # Each command is imported only when it is wanted: `kumpel status` must be quick.
    match options.command:
        case "status":
            from kumpel.cli.status import status

            return status(wait_in_seconds=options.wait)
        case "ask":
            from kumpel.cli.ask import ask

            return ask(options.text, options.conversation, as_json=options.json)
        case "run":
            from kumpel.cli.run import run

            return run()
        case "train":
            from kumpel.cli.run import train

            return train(is_forced=options.force)
        case _:
            from kumpel.cli.run import set_up_spacy

            return set_up_spacy(is_forced=options.force)


def _fail(sentence: str, code: int = 1) -> int:
    print(f"Fehler: {sentence}", file=sys.stderr, flush=True)
    return code


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError("eine Zahl ab 0")
    return seconds


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kumpel", description="Kumpel Krefeld auf der Kommandozeile."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="BEFEHL")
    status = commands.add_parser("status", help="zeigt, ob alle Teile laufen")
    status.add_argument(
        "--wait",
        type=_seconds,
        default=0.0,
        metavar="SEKUNDEN",
        help="wartet so lange, bis alles bereit ist",
    )
    ask = commands.add_parser("ask", help="fragt den laufenden Assistenten")
    ask.add_argument("text", metavar="TEXT")
    ask.add_argument(
        "--conversation", metavar="ID", help="setzt ein Gespräch fort (frei gewählt)"
    )
    ask.add_argument("--json", action="store_true", help="gibt JSON aus")
    # Only listed here: see _dispatch.
    commands.add_parser("evaluate", help="misst das neueste Modell")
    commands.add_parser("run", help="startet alle Teile (wie make run)")
    train = commands.add_parser("train", help="trainiert, wenn sich etwas geändert hat")
    train.add_argument("--force", action="store_true", help="trainiert in jedem Fall")
    spacy = commands.add_parser("setup-spacy", help="baut die spaCy-Pipeline")
    spacy.add_argument("--force", action="store_true", help="baut in jedem Fall")
    return parser


if __name__ == "__main__":
    sys.exit(main())
