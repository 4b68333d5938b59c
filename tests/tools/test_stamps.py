from pathlib import Path

from tools.stamps import Stamp, digest


def test_digest_follows_content_names_and_facts_but_not_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    before = digest(tmp_path, [one, two], "cluster")

    assert digest(tmp_path, [two, one], "cluster") == before
    assert digest(tmp_path, [one, two], "another cluster") != before
    assert digest(tmp_path, [one], "cluster") != before
    two.write_text("3")
    assert digest(tmp_path, [one, two], "cluster") != before


def test_stamp_matches_what_was_recorded_until_forgotten(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "folder" / "stamp.json")
    assert not stamp.matches("database", "a")

    stamp.record(database="a")
    stamp.record(logins="b")
    assert stamp.matches("database", "a")
    assert stamp.matches("logins", "b")
    assert not stamp.matches("database", "b")

    stamp.forget()
    assert not stamp.matches("database", "a")


def test_a_damaged_stamp_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "stamp.json"
    for content in ("", "{", "[]", "null"):
        path.write_text(content)
        assert not Stamp(path).matches("database", "a")


def test_a_moved_checkout_has_the_same_digest(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    (here / "file").write_text("1")
    before = digest(here, [here / "file"])
    here.rename(there)
    assert digest(there, [there / "file"]) == before
