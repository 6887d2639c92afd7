from __future__ import annotations

import socket
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from kumpel.runtime import spacy_pipeline
from kumpel.runtime.spacy_pipeline import build, fetch_release, read_info
from kumpel.settings import PROJECT_ROOT

SEED = PROJECT_ROOT / "portal" / "seed"
RELEASE = "de_core_news_sm-3.4.0"


def _no_release(_folder: Path) -> None:
    return None


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the official release: tagger and ner that listen to tok2vec."""
    nlp = spacy.blank("de")
    nlp.add_pipe("tok2vec")
    listener = {
        "@architectures": "spacy.Tok2VecListener.v1",
        "width": 96,
        "upstream": "*",
    }
    tagging = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}
    nlp.add_pipe("tagger", config={"model": tagging})
    nlp.add_pipe("ner")
    text = "Anna wohnt in Krefeld"
    example = Example.from_dict(
        nlp.make_doc(text),
        {"tags": ["NE", "VVFIN", "APPR", "NE"], "entities": [(0, 4, "PER")]},
    )
    optimizer = nlp.initialize(lambda: [example])
    for _ in range(30):
        nlp.update([example], sgd=optimizer)
    folder = tmp_path_factory.mktemp("tiny") / RELEASE
    nlp.meta.update({"name": "core_news_sm", "version": "3.4.0"})
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def installed(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the tiny pipeline on the path as the package de_core_news_sm."""
    package = tmp_path / "site" / "de_core_news_sm"
    package.mkdir(parents=True)
    (package / RELEASE).symlink_to(tiny)
    (package / "meta.json").write_text((tiny / "meta.json").read_text())
    (package / "__init__.py").write_text(
        "from pathlib import Path\n"
        "import spacy\n"
        "def load(**overrides):\n"
        f"    return spacy.load(Path(__file__).parent / '{RELEASE}', **overrides)\n"
    )
    info = package.with_name(f"{RELEASE}.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Name: de_core_news_sm\nVersion: 3.4.0\n")
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.delitem(sys.modules, "de_core_news_sm", raising=False)


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Serves a folder where spaCy thinks that its releases are."""
    folder = tmp_path / "web"
    (folder / RELEASE).mkdir(parents=True)
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr("spacy.about.__download_url__", url)
    yield folder / RELEASE
    server.shutdown()
    server.server_close()


def _write_wheel(folder: Path, tiny: Path) -> None:
    with zipfile.ZipFile(folder / f"{RELEASE}-py3-none-any.whl", "w") as wheel:
        for path in tiny.rglob("*"):
            inner = Path("de_core_news_sm", RELEASE) / path.relative_to(tiny)
            wheel.write(path, str(inner))


def test_without_the_package_everything_but_ner_works(tmp_path: Path) -> None:
    info = build(tmp_path / "kumpel_de", SEED, _no_release)
    nlp = spacy.load(tmp_path / "kumpel_de")
    assert info.origin == "none"
    assert info == read_info(tmp_path / "kumpel_de")
    assert "ohne de_core_news_sm" in info.describe()
    document = nlp("sie wohnte in der huelser str. 5 in FISCHELN")
    assert [(e.label_, e.ent_id_) for e in document.ents] == [
        ("STREET", "Hülser Straße"),
        ("DISTRICT", "Fischeln"),
    ]


def test_lemmas_are_there_for_whoever_asks_for_them(tmp_path: Path) -> None:
    build(tmp_path / "kumpel_de", SEED, _no_release)
    nlp = spacy.load(tmp_path / "kumpel_de")
    assert nlp.pipe_names == ["entity_ruler"]
    nlp.enable_pipe("lemmatizer")
    assert nlp("sie wohnte hier")[1].lemma_ == "wohnen"


def test_v6_the_longer_name_wins_in_the_pipeline(tmp_path: Path) -> None:
    build(tmp_path / "kumpel_de", SEED, _no_release)
    nlp = spacy.load(tmp_path / "kumpel_de")
    found = [(e.text, e.label_) for e in nlp("wo ist das bürgerbüro fischeln").ents]
    assert found == [("bürgerbüro fischeln", "OFFICE")]


def test_ner_and_tagger_come_from_an_installed_package(
    tmp_path: Path, installed: None
) -> None:
    info = build(tmp_path / "kumpel_de", SEED, _no_release)
    assert info.origin == "installed"
    assert "installiert" in info.describe()
    nlp = spacy.load(tmp_path / "kumpel_de")
    assert nlp.disabled == ["tok2vec", "tagger", "lemmatizer", "ner"]
    assert not nlp("Anna wohnt in Krefeld").ents
    for name in nlp.disabled:
        nlp.enable_pipe(name)
    document = nlp("Anna wohnt in Krefeld")
    assert document[0].tag_ == "NE"
    assert [(e.text, e.label_) for e in document.ents] == [("Anna", "PER")]


def test_the_official_release_is_fetched_once(
    tmp_path: Path, web: Path, tiny: Path
) -> None:
    _write_wheel(web, tiny)
    folder = tmp_path / "models"
    info = build(folder / "kumpel_de", SEED)
    assert info.origin == "fetched"
    assert "geladen" in info.describe()
    next(web.iterdir()).unlink()
    assert build(folder / "kumpel_de", SEED).origin == "fetched"


@pytest.mark.parametrize("content", [None, b"no zip"])
def test_a_release_that_is_missing_or_broken_is_done_without(
    tmp_path: Path, web: Path, content: bytes | None
) -> None:
    if content is not None:
        (web / f"{RELEASE}-py3-none-any.whl").write_bytes(content)
    assert fetch_release(tmp_path / "models") is None


def test_a_silent_server_costs_no_more_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setattr("spacy.about.__download_url__", url)
        begin = time.monotonic()
        assert fetch_release(tmp_path, timeout_in_seconds=0.5) is None
        assert time.monotonic() - begin < 2


def test_a_pipeline_is_built_again_only_when_its_inputs_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = tmp_path / "seed"
    (seed / "geo").mkdir(parents=True)
    streets = seed / "geo" / "streets.yml"
    streets.write_text("streets:\n  - {name: Ostwall}\n")
    pipeline = tmp_path / "kumpel_de"
    assert not spacy_pipeline.is_current(pipeline, seed)
    build(pipeline, seed, _no_release)
    assert spacy_pipeline.is_current(pipeline, seed)
    streets.write_text("streets:\n  - {name: Westwall}\n")
    assert not spacy_pipeline.is_current(pipeline, seed)


def test_a_half_written_pipeline_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"kumpel": {')
    assert read_info(tmp_path) is None
