"""Reference data in versions: loaded once, never changed under the same number."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from common import catalogue_sources, catalogues
from common.errors import DomainError
from common.models import Catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def drinks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A catalogue of a test, the only one registered."""
    path = tmp_path / "boissons.yaml"
    path.write_text("version: 1\nboissons: [café, thé]\n", encoding="utf-8")
    monkeypatch.setattr(catalogue_sources, "SOURCES", {})
    monkeypatch.setattr(catalogues, "SOURCES", catalogue_sources.SOURCES)

    def validate(content: dict) -> None:
        if not content["boissons"]:
            raise ValueError("il n’y a rien à boire.")

    catalogue_sources.register("boissons", path, validate)
    return path


def test_loading_twice_loads_once(drinks: Path) -> None:
    assert [created for _, created in catalogues.load_all()] == [True]
    assert [created for _, created in catalogues.load_all()] == [False]
    assert Catalogue.objects.get(code="boissons").content["boissons"] == ["café", "thé"]


def test_a_changed_content_needs_a_new_number(drinks: Path) -> None:
    catalogues.load_all()
    drinks.write_text("version: 1\nboissons: [café, thé, eau]\n", encoding="utf-8")
    with pytest.raises(DomainError, match="nouveau numéro"):
        catalogues.load_all()


def test_a_new_version_leaves_the_old_one_readable_and_becomes_the_latest(drinks: Path) -> None:
    catalogues.load_all()
    drinks.write_text("version: 2\nboissons: [eau]\n", encoding="utf-8")
    catalogues.load_all()
    assert catalogues.latest("boissons").content["boissons"] == ["eau"]
    assert Catalogue.objects.get(code="boissons", version=1).content["boissons"] == ["café", "thé"]


def test_the_order_of_keys_and_comments_change_nothing(drinks: Path) -> None:
    catalogues.load_all()
    drinks.write_text("# relu\nboissons: [café, thé]\nversion: 1\n", encoding="utf-8")
    assert [created for _, created in catalogues.load_all()] == [False]


@pytest.mark.parametrize("text", ["version: 1\nboissons: []\n", "version: un\nboissons: [eau]\n", "boissons: [eau]\n"])
def test_an_unsound_file_is_refused_and_named(drinks: Path, text: str) -> None:
    drinks.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"« boissons » \(boissons.yaml\)"):
        call_command("load_catalogues")
    assert not Catalogue.objects.filter(code="boissons").exists()


def test_a_catalogue_that_was_never_loaded_is_an_error() -> None:
    with pytest.raises(Catalogue.DoesNotExist):
        catalogues.latest("inconnu")


def test_the_catalogues_of_the_application_are_loaded_and_sound(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_catalogues")
    assert "checklist v1 : déjà là" in capsys.readouterr().out
    assert set(catalogue_sources.SOURCES) <= set(Catalogue.objects.values_list("code", flat=True))
