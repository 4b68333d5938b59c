"""One report over several pages is made once and looked at from all sides; then the fetcher is attacked."""

import io
import threading
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from django.conf import settings as project_settings
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.test import override_settings

from common.charts.bars import segments
from common.documents import structure
from common.documents.accessibility import verify
from common.documents.errors import ForbiddenSource, InaccessibleDocument
from common.documents.parts import Chapter, Cover, headings
from common.documents.render import STEPS, render_pdf
from common.documents.structure import SCOPES
from tests.pdf import accessibility_faults, page_texts

CREATED = datetime(2026, 12, 1, 13, 32, tzinfo=UTC)
CANARY = "CANARI-7f3a"
TITLE = "Rapport au COSTRAT du 10 décembre 2026 – DUI partagé des Trois Rivages"

TEMPLATES = {
    "summary.html": """{% load ui %}<p class="lede">Deux actions sur trois sont faites.</p>
        <figure><svg viewBox="0 0 10 10" width="90" aria-label="Deux sur trois">
        <path d="M0 0h9" stroke="#241c22"/></svg></figure>
        <figure><svg viewBox="0 0 10 10" width="90"><title>La courbe monte</title><desc>De 40 à 62 %</desc>
        <path d="M0 9h9" stroke="#241c22"/></svg></figure>
        <p>{% include "documents/_mark.html" with state="ok" %}
        {% include "documents/_mark.html" with state="late" %}</p>
        <table><thead><tr><th scope="col">Étape</th><th scope="col">Avancement</th></tr></thead><tbody>
        <tr><th scope="row">Cadrer</th><td>{% component "progress" segments=chapter.data.segments %} 2 sur 3</td></tr>
        <tr><th scope="row">Acheter</th><td>0 sur 3</td></tr></tbody></table>""",
    "rows.html": """<table><thead><tr><th scope="col">N°</th><th scope="col">Action à mener</th></tr></thead>
        {% for group in "ABC" %}<tbody><tr class="group"><th colspan="2" scope="rowgroup">Bloc {{ group }}</th></tr>
        {% for row in chapter.data.rows %}<tr><td>{{ group }}{{ row }}</td><td>Faire la chose {{ row }}</td></tr>
        {% endfor %}</tbody>{% endfor %}</table>""",
    "end.html": "<p>Fin.</p>",
    "attack.html": "{{ attack|safe }}",
    "untitled.html": "<p>Rien</p>",
}

COVER = Cover(
    project="DUI partagé des Trois Rivages",
    occasion="Comité de pilotage stratégique, 10 décembre 2026",
    subtitle="État de la checklist",
    running_name="COSTRAT du 10 décembre 2026",
    established_by="Maëlle Kerdrain, cheffe de projet",
    established_at=CREATED,
    number=8,
    recipients="membres du COSTRAT",
)


@pytest.fixture(scope="module", autouse=True)
def templates():
    """The project's templates and those above; a variable that none of them is given shows as « !!name!! »."""
    engine = project_settings.TEMPLATES[0]
    options = {key: value for key, value in engine["OPTIONS"].items() if key == "libraries"}
    loaders = [
        ("django.template.loaders.locmem.Loader", TEMPLATES),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    options |= {"loaders": loaders, "string_if_invalid": "!!%s!!"}
    with override_settings(TEMPLATES=[{**engine, "APP_DIRS": False, "OPTIONS": options}]):
        yield


def render(template_name, context, **changes):
    return render_pdf(
        template_name, context, **{"title": TITLE, "author": "Maëlle Kerdrain", "created": CREATED, **changes}
    )


def render_report(**changes):
    chapters = [
        Chapter(
            anchor="synthese",
            title="Synthèse",
            template="summary.html",
            data={"segments": segments(("ok", 2), total=3)},
        ),
        Chapter(
            anchor="actions", title="Les actions", running="Actions", template="rows.html", data={"rows": range(1, 41)}
        ),
        Chapter(anchor="fin", title="Pour finir", template="end.html"),
        Chapter(anchor="suite", title="Et encore", template="end.html", new_page=False),
    ]
    return render("documents/base.html", {"cover": COVER, "chapters": chapters}, **changes)


@pytest.fixture(scope="module")
def report(templates):
    return render_report()


@pytest.fixture(scope="module")
def pages(report):
    return page_texts(report)


@pytest.fixture
def opened(report):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        yield pdf


def elements(pdf, kind):
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == f"/{kind}"]


# What a reader sees


def test_cover_says_what_who_and_when(pages):
    for words in ("Comité de pilotage stratégique", "DUI partagé des Trois Rivages", "État de la checklist"):
        assert words in pages[0]
    assert "Établi par Maëlle Kerdrain, cheffe de projet, le 1er décembre 2026 à 14:32. Rapport n° 8" in pages[0]
    assert "Destinataires : membres du COSTRAT." in pages[0]
    assert "page 1" not in pages[0]


def test_cover_says_the_day_and_number_where_they_are_read(pages):
    assert "au 1er décembre 2026, rapport n° 8" in pages[0]


def test_what_is_not_numbered_is_outside_the_count():
    named = [("Un", True), ("Étape 1", False), ("Deux", True)]
    chapters = [Chapter(anchor=title, title=title, template="end.html", numbered=count) for title, count in named]
    assert [heading.title for heading in headings(chapters)] == ["1. Un", "Étape 1", "2. Deux"]
    assert [heading.running for heading in headings(chapters)] == ["1. Un", "Étape 1", "2. Deux"]


def test_contents_give_the_pages_where_chapters_start(pages):
    starts = {
        title: next(number for number, text in enumerate(pages, start=1) if number > 2 and title in text)
        for title in ("1. Synthèse", "2. Les actions", "3. Pour finir", "4. Et encore")
    }
    assert starts["3. Pour finir"] - starts["2. Les actions"] > 1  # the table runs over several pages
    assert starts["4. Et encore"] == starts["3. Pour finir"]
    for title, page in starts.items():
        assert f"{title} {page} " in f"{pages[1]} "


def test_each_page_after_the_cover_says_where_it_is(pages):
    for number, text in enumerate(pages[1:], start=2):
        assert f"page {number} / {len(pages)}" in text
        assert "COSTRAT du 10 décembre 2026" in text
        assert text.startswith("DUI partagé des Trois Rivages")
    assert "2. Actions" in pages[4]


def test_the_fingerprint_is_on_each_page_of_a_document_that_has_one(pages):
    code = "3F2A 91C0 7B11 0E2D"
    marked = render("documents/base.html", {"cover": replace(COVER, fingerprint=code), "chapters": following()})
    assert all(f"Empreinte {code}" in text for text in page_texts(marked))
    assert not any("Empreinte" in text for text in pages)


def test_a_document_without_a_number_says_nothing_of_one():
    cover = page_texts(render("documents/base.html", {"cover": replace(COVER, number=None), "chapters": []}))[0]
    assert "au 1er décembre 2026" in cover
    assert "apport n°" not in cover


def test_a_page_is_named_by_its_first_heading():
    """A page that goes on with a chapter keeps its name, though another begins lower down."""
    pages = page_texts(render("documents/base.html", {"cover": COVER, "chapters": following()}))
    shared = next(text for text in pages if "2. Pour finir" in text and "Faire la chose" in text)
    assert shared.startswith("DUI partagé des Trois Rivages 1. Actions")


def following():
    rows = {"rows": range(1, 15)}
    return [
        Chapter(anchor="a", title="Les actions", running="Actions", template="rows.html", data=rows),
        Chapter(anchor="b", title="Pour finir", template="end.html", new_page=False),
    ]


def test_a_table_repeats_its_head_on_each_page(pages):
    table = [text for text in pages[2:] if "Faire la chose" in text]
    assert len(table) > 1
    assert all("Action à mener" in text for text in table)


def test_nothing_is_missing_from_the_context(pages):
    assert "!!" not in " ".join(pages)


# What a screen reader hears


def test_the_checker_finds_nothing(report, tmp_path):
    assert accessibility_faults(report, tmp_path) == []


def test_the_checker_would_find_prose_hidden_from_readers(monkeypatch, tmp_path):
    def claim_no_paragraph(element, pdf):
        return {reference for reference in claim(element, pdf) if structure._object(reference, pdf)["S"] != "/Span"}

    claim = structure._claim
    monkeypatch.setattr(structure, "_claim", claim_no_paragraph)
    prose = "Deux actions sur trois sont faites et une seule demande encore une décision du comité."
    faults = accessibility_faults(render("attack.html", {"attack": f"<h1>Un</h1><p>{prose}</p>"}), tmp_path)
    assert any(fault.startswith("TAG-002") for fault in faults)


def test_document_is_tagged_titled_and_french(opened):
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.Root.Lang) == "fr"
    assert str(opened.docinfo.Title) == TITLE
    assert str(opened.docinfo.Author) == "Maëlle Kerdrain"
    assert str(opened.docinfo.CreationDate) == "D:20261201133200+00'00"


def test_header_cells_carry_the_scope_of_the_html(opened):
    scopes = [str(header.A.Scope) for header in elements(opened, "TH")]
    kept = {scope: scopes.count(scope) for scope in set(scopes)}
    assert kept["/Row"] == 2  # summary.html
    assert kept["/Both"] == 3  # the groups of rows.html
    assert set(scopes) == set(SCOPES.values())


def test_data_cells_name_their_headers(opened):
    def words(cell):
        return [names[bytes(name)] for name in cell.A.Headers]

    names = {bytes(header.ID): str(header.A.Scope) for header in elements(opened, "TH") if "/ID" in header}
    cells = elements(opened, "TD")
    assert len(names) == 9  # 2 + 2 in the summary, 2 + 3 in the long table, however many pages repeat them
    assert sorted({tuple(words(cell)) for cell in cells}) == [("/Column", "/Both"), ("/Column", "/Row")]


def test_a_table_over_several_pages_is_one_table(opened):
    tables = [table for table in reachable(opened) if table.get("/S") == "/Table"]
    assert len(tables) == 2
    assert [str(part.S) for part in tables[1].K].count("/THead") == 1


def reachable(pdf):
    """The structure elements, in reading order."""

    def below(element):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    return list(below(pdf.Root.StructTreeRoot))


def test_drawings_speak_or_are_left_out(opened):
    figures = [str(element.Alt) for element in reachable(opened) if element.S == "/Figure"]
    assert figures == ["Deux sur trois", "La courbe monte. De 40 à 62 %"]


def test_links_say_where_they_lead(opened):
    links = [annotation for page in opened.pages for annotation in page.get("/Annots", [])]
    assert [str(link.Contents) for link in links] == [
        "1. Synthèse",
        "2. Les actions",
        "3. Pour finir",
        "4. Et encore",
    ]


def test_an_untagged_document_is_refused():
    blank = pikepdf.new()
    blank.add_blank_page()
    written = io.BytesIO()
    blank.save(written)
    with pytest.raises(InaccessibleDocument, match="ses balises, sa langue, son titre"):
        verify(written.getvalue())


def test_a_header_without_scope_is_refused(report):
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(report)) as pdf:
        del elements(pdf, "TH")[0].A["/Scope"]
        pdf.save(written)
    with pytest.raises(InaccessibleDocument, match="portée"):
        verify(written.getvalue())


# The function


def test_the_same_arguments_give_the_same_bytes(report):
    assert render_report() == report


def test_steps_are_told(templates):
    told = []
    render("untitled.html", {}, on_step=lambda done, total: told.append((done, total)))
    assert told == [(step, STEPS) for step in range(1, STEPS + 1)]


def test_a_template_that_forgets_head_and_language_still_gives_an_accessible_file():
    with pikepdf.open(io.BytesIO(render("untitled.html", {}, language="en"))) as pdf:
        assert str(pdf.docinfo.Title) == TITLE
        assert str(pdf.Root.Lang) == "en"


def test_a_document_without_title_is_refused():
    with pytest.raises(InaccessibleDocument, match="son titre"):
        render("untitled.html", {}, title="")


def test_a_date_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        render("untitled.html", {}, created=datetime(2026, 12, 1))


def test_an_unknown_state_is_refused():
    with pytest.raises(TemplateDoesNotExist, match="no such state: parfait"):
        render_to_string("documents/_mark.html", {"state": "parfait"})


# What a document may load

SOURCES = {
    "img": '<img alt="" src="{}">',
    "stylesheet": '<link rel="stylesheet" href="{}">',
    "import": "<style>@import url({});</style>",
    "background": "<style>p {{ background: url({}) }}</style><p>.</p>",
    "style attribute": '<p style="background: url({})">.</p>',
    "generated content": "<style>p::before {{ content: url({}) }}</style><p>.</p>",
    "list marker": '<ul style="list-style-image: url({})"><li>.</li></ul>',
    "border": '<p style="border: 3px solid; border-image-source: url({})">.</p>',
    "font": "<style>@font-face {{ font-family: x; src: url({}) }}</style>",
    "object": '<object data="{}" type="image/png"></object>',
    "embed": '<embed src="{}" type="image/png">',
    "svg image": '<svg viewBox="0 0 9 9" width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    "attached link": '<link rel="attachment" href="{}">',
    "attached anchor": '<a rel="attachment" href="{}">.</a>',
}
ADDRESSES = {
    "http": "http://127.0.0.1:{port}/canary.svg",
    "https": "https://127.0.0.1:{port}/canary.svg",
    "ftp": "ftp://127.0.0.1:{port}/canary.svg",
    "file": "file://{file}",
    "path": "{file}",
    "relative": "canary.svg",
    "host": "//127.0.0.1:{port}/canary.svg",
    "other asset": "dui:secret.css",
    "carried text": "data:text/css,p%7Bcolor:red%7D",
}


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    """A file and a server that hold a canary; `asked` lists what the server was asked."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text id="a" y="9">{CANARY}</text></svg>'
    path = tmp_path_factory.mktemp("canary") / "canary.svg"
    path.write_text(drawing)
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(drawing.encode())

        def log_message(self, *args):
            """Keep the test output quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {"file": str(path), "port": server.server_port, "asked": asked}
        server.shutdown()


def attack(markup):
    return render("attack.html", {"attack": markup})


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
@pytest.mark.parametrize("markup", SOURCES.values(), ids=SOURCES.keys())
def test_a_document_reaches_for_nothing_outside(markup, address, canary):
    with pytest.raises(ForbiddenSource):
        attack(markup.format(address.format(**canary)))
    assert canary["asked"] == []


@pytest.mark.parametrize("address", ["http", "file", "relative"])
def test_a_carried_picture_reaches_for_nothing_outside(address, canary):
    target = ADDRESSES[address].format(**canary)
    inner = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><image href='{target}' width='9' height='9'/></svg>"
    )
    with pytest.raises(ForbiddenSource):
        attack(f'<img alt="Carte" src="data:image/svg+xml,{inner.replace("#", "%23")}">')
    assert canary["asked"] == []


NOT_FOLLOWED = {
    "use": '<use href="{}#a"/>',  # WeasyPrint follows it inside its own drawing only
    "stylesheet": "<style>@import url({});</style>",  # and stumbles over this one: the drawing is left out
}


@pytest.mark.parametrize("address", ["http", "file", "relative"])
@pytest.mark.parametrize("markup", NOT_FOLLOWED.values(), ids=NOT_FOLLOWED.keys())
def test_some_references_are_not_followed_at_all(markup, address, canary):
    drawing = markup.format(ADDRESSES[address].format(**canary))
    document = attack(f'<svg viewBox="0 0 9 9" width="9"><title>Rien</title>{drawing}</svg><p>Vide.</p>')
    assert CANARY not in " ".join(page_texts(document))
    assert canary["asked"] == []


def test_a_carried_picture_is_shown():
    pixel = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf"
        "FcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    with pikepdf.open(io.BytesIO(attack(f'<img alt="Un point" src="{pixel}">'))) as pdf:
        assert any(page.get_images() for page in pdf.pages)


def test_the_refusal_names_what_was_asked(canary):
    with pytest.raises(ForbiddenSource, match=r"dui:secret\.css") as refusal:
        attack(SOURCES["img"].format("dui:secret.css"))
    assert refusal.value.urls == ["dui:secret.css"]
