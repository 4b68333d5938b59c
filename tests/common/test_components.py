import gzip
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, Engine, RequestContext, Template, loader
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from common.components import ComponentError, arguments, declaration
from common.finders import INDEX, JOINED, JoinedCssFinder, join
from common.templatetags.ui import symbols
from common.ui import Entry, Link, Person, Role, State, Step

ROOT = Path(__file__).parents[2]
COMPONENTS = sorted((ROOT / "templates/components").rglob("*.html"))
STATES = (State("todo", "À faire", "todo", "s-todo"), State("ko", "KO", "ko", "s-ko"))
AT = datetime(2026, 11, 20, 13, 32, tzinfo=UTC)


def rendered(source, request=None, **values):
    template = Template("{% load ui %}" + source)
    if request:
        return template.render(RequestContext(request, values))
    return template.render(Context(values))


class AccessForm(forms.Form):
    name = forms.CharField(label="Nom", help_text="Tel qu’au FINESS.")
    email = forms.EmailField(label="Adresse électronique")
    until = forms.DateField(label="Jusqu’au", required=False)
    level = forms.ChoiceField(label="Niveau", choices=[("", "---------"), ("l", "Lecture"), ("e", "Écriture")])
    scope = forms.ChoiceField(label="Périmètre", choices=[("", "---------"), ("u", "Unité")], required=False)
    who = forms.ChoiceField(label="Qui", choices=[(str(n), f"Personne {n}") for n in range(9)])
    told = forms.BooleanField(label="J’ai prévenu l’encadrement")


class TestDeclaration:
    def test_reads_names_and_literal_defaults(self):
        declared = declaration("x", '{# params: tone text icon=None label="Deux mots" size=3 #}')
        assert declared.required == {"tone", "text"}
        assert declared.defaults == {"icon": None, "label": "Deux mots", "size": 3}

    def test_is_required(self):
        with pytest.raises(ComponentError, match="'x': its first line"):
            declaration("x", "<p>")

    def test_refuses_a_default_that_is_no_literal(self):
        with pytest.raises(ComponentError, match="'tone' is not a Python literal"):
            declaration("x", "{# params: tone=ok #}")

    @pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
    def test_every_component_has_one(self, path):
        with path.open(encoding="utf-8") as lines:
            assert declaration(path.stem, next(lines).rstrip()).names


class TestCall:
    def test_an_unknown_parameter_is_named(self):
        with pytest.raises(ComponentError, match="'badge' has no parameter 'colour'"):
            rendered("{% component 'badge' text='OK' colour='red' %}")

    def test_a_missing_parameter_is_named(self):
        with pytest.raises(ComponentError, match="'badge' needs the parameter 'text'"):
            rendered("{% component 'badge' %}")

    def test_an_unknown_tone_is_named(self):
        with pytest.raises(ComponentError, match="'green' is no tone"):
            rendered("{% component 'badge' text='OK' tone='green' %}")

    def test_a_block_needs_a_component_that_takes_one(self):
        with pytest.raises(ComponentError, match="no parameter 'content'"):
            rendered("{% componentblock 'badge' text='OK' %}x{% endcomponentblock %}")

    def test_it_sees_nothing_of_the_page(self):
        assert arguments("x", declaration("x", "{# params: text #}"), {"text": "a"}) == {"text": "a"}
        template = loader.get_template("components/badge.html").template
        assert "secret" not in rendered("{% component 'badge' text='OK' %}", secret="secret")
        assert template.source.startswith("{# params:")

    def test_it_escapes_what_it_is_given(self):
        assert "&lt;b&gt;" in rendered("{% component 'badge' text=text %}", text="<b>")

    def test_a_block_keeps_its_markup(self):
        html = rendered("{% componentblock 'note' title='Figé' %}<p>{{ why }}</p>{% endcomponentblock %}", why="<3")
        assert "<p>&lt;3</p>" in html

    def test_it_stands_in_a_sentence(self):
        assert rendered("{% component 'mark' text='KO' tone='ko' icon='s-ko' %}.").endswith("</span>.")

    def test_it_gets_the_csrf_token_only_when_it_declares_it(self, rf):
        request = rf.get("/")
        html = rendered(
            "{% component 'status_switch' id='s' number='2.4.3' current='ko' choices=states url='/s/' version=3 %}",
            request,
            states=STATES,
        )
        assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)


class TestDrawnOnce:
    """A component shown by the dozen: one drawing, filled in for each call."""

    @pytest.fixture
    def drawn(self, tmp_path):
        """Draws a component made of these two lines with these values."""

        def draw(first, second, **values):
            (tmp_path / "components").mkdir(exist_ok=True)
            (tmp_path / "components/face.html").write_text(f"{first}\n{second}")
            given = " ".join(f"{name}={name}" for name in values)
            engine = Engine(dirs=[tmp_path], builtins=["common.templatetags.ui"])
            template = engine.from_string(f"{{% for at in twice %}}{{% component 'face' {given} %}}{{% endfor %}}")
            return template.render(Context({**values, "twice": "12"}))

        return draw

    FIRST = "{# params: id text #}{# drawn once but for: id #}"

    def test_its_values_are_read_once(self, drawn):
        class Letters(tuple):
            read = 0

            def __iter__(self):
                Letters.read += 1
                return super().__iter__()

        html = drawn(
            self.FIRST, "<p id={{ id }}>{% for one in text %}{{ one }}{% endfor %}</p>", id=1, text=Letters("ab")
        )
        assert html == "<p id=1>ab</p>" * 2
        assert Letters.read == 1

    def test_blanks_and_values_are_escaped_like_any_text(self, drawn):
        second = "<p id={{ id }}>{{ text }}</p>"
        assert drawn(self.FIRST, second, id="<1>", text="<2>") == "<p id=&lt;1&gt;>&lt;2&gt;</p>" * 2
        assert drawn(self.FIRST, second, id=mark_safe("<1>"), text="2") == "<p id=<1>>2</p>" * 2

    def test_a_safe_text_makes_no_equal_one_safe(self, drawn):
        first, second = "{# params: text #}{# drawn once #}", "{{ text }}"
        assert drawn(first, second, text=mark_safe("<b>")) == "<b>" * 2
        assert drawn(first, second, text="<b>") == "&lt;b&gt;" * 2

    @pytest.mark.parametrize("second", ["{% if id %}x{% endif %}", "{{ id|upper }}", "{% component 'mark' text=id %}"])
    def test_a_blank_is_only_written(self, drawn, second):
        with pytest.raises(ComponentError, match="'id' is to be written only"):
            drawn(self.FIRST, second, id="1", text="2")

    def test_a_blank_is_a_parameter(self):
        with pytest.raises(ComponentError, match="has no parameter 'url' to leave blank"):
            declaration("x", "{# params: id #}{# drawn once but for: id url #}")

    def test_the_switch_of_another_action_is_its_own(self):
        call = "{% component 'status_switch' id=id number=id current='ko' choices=s url=id version=3 csrf_token='t' %}"
        one, other = (rendered(call, id=id, s=STATES) for id in ("s-1", "s-2"))
        assert one != other
        assert one.replace("s-1", "s-2") == other


def test_every_call_of_every_template_is_declared():
    """A call behind an ``{% if %}`` that no test takes is checked all the same."""
    for path in (ROOT / "templates").rglob("*.html"):
        name = str(path.relative_to(ROOT / "templates"))
        for node in all_nodes(loader.get_template(name).template.nodelist):
            if getattr(node, "func", None) is None or node.func.__name__ not in ("component", "componentblock"):
                continue
            called = node.args[-1].var
            given = set(node.kwargs) | ({"content"} if node.func.__name__ == "componentblock" else set())
            source = Engine.get_default().get_template(f"components/{called}.html").source
            declared = declaration(called, source.partition("\n")[0])
            assert given <= declared.names, f"{name}: {called} has no {given - declared.names}"
            missing = declared.required - given - {"request", "csrf_token"}
            assert not missing, f"{name}: {called} needs {missing}"


def all_nodes(nodelist):
    for node in nodelist:
        yield node
        for child in getattr(node, "child_nodelists", ()):
            yield from all_nodes(getattr(node, child, None) or ())
        for _, branch in getattr(node, "conditions_nodelists", ()):
            yield from all_nodes(branch)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_no_component_needs_more_than_a_strict_policy_allows(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script|<style|javascript:", source)


class TestIcon:
    def test_is_hidden_from_readers(self):
        html = rendered("{% icon 'check' %}")
        assert 'class="i" aria-hidden="true"' in html
        assert "icons.svg#check" in html

    def test_states_are_filled_and_a_label_is_read(self):
        assert 'class="i s" role="img" aria-label="Bloquée"' in rendered("{% icon 's-ko' label='Bloquée' %}")

    def test_on_paper_it_is_drawn_in_place(self):
        html = rendered("{% icon 's-ko' tone='ko' paper=True %}")
        assert '<path fill-rule="evenodd"' in html
        assert 'fill="#a52a12"' in html

    def test_an_unknown_one_is_named(self):
        with pytest.raises(ComponentError, match="No icon 'chekc'"):
            rendered("{% icon 'chekc' %}")

    def test_every_icon_named_in_a_template_exists(self):
        named = set()
        for path in (ROOT / "templates").rglob("*.html"):
            named |= set(re.findall(r"{% icon [\"']([\w-]+)[\"']", path.read_text(encoding="utf-8")))
        assert named <= symbols().keys()


class TestStatusSwitch:
    CALL = (
        "{% component 'status_switch' id='s-1' number='2.4.3' current='ko' choices=states url='/s/' version=3 "
        "disabled=disabled why=why csrf_token='t' %}"
    )

    def test_names_the_action_and_checks_its_state(self):
        html = rendered(self.CALL, states=STATES, disabled=False, why="")
        assert "État de l’action 2.4.3" in html
        assert 'id="s-1-ko" name="status" value="ko" checked' in html
        assert html.count("checked") == 1
        assert 'name="version" value="3"' in html
        assert "<noscript><button" in html

    def test_locked_it_says_why(self):
        html = rendered(self.CALL, states=STATES, disabled=True, why="L’étape est close.")
        assert '<fieldset class="status" disabled aria-describedby="s-1-why">' in html
        assert "L’étape est close." in html
        assert "<button" not in html


class TestField:
    FIELD = "{% component 'field' field=field %}"

    def field(self, name, data=None):
        return rendered(self.FIELD, field=AccessForm(data)[name])

    def test_a_text_is_labelled_and_described(self):
        html = self.field("name")
        assert '<label for="id_name">Nom</label>' in html
        assert 'aria-describedby="id_name_helptext"' in html
        assert 'id="id_name_helptext">Tel qu’au FINESS.' in html

    def test_an_error_is_beside_its_field(self):
        html = self.field("name", {"name": ""})
        assert 'aria-invalid="true"' in html
        assert 'aria-describedby="id_name_helptext id_name_error"' in html
        assert 'id="id_name_error"' in html

    def test_the_browser_gets_the_right_keyboard(self):
        assert 'type="email"' in self.field("email")
        assert 'autocomplete="email"' in self.field("email")

    def test_a_date_is_a_date_and_keeps_what_was_typed(self):
        assert 'type="date"' in self.field("until")
        assert 'value="2026-12-10"' in self.field("until", {"until": "2026-12-10"})
        assert "(facultatif)" in self.field("until")

    def test_six_choices_or_fewer_are_shown_whole(self):
        html = self.field("level", {"level": "e"})
        assert '<fieldset class="field" id="id_level"' in html
        assert html.count('type="radio"') == 2
        assert re.search(r'value="e"[^>]*checked', html)
        assert "---------" not in html

    def test_no_answer_stays_possible_when_it_is_fine(self):
        assert "<span>Sans réponse</span>" in self.field("scope")

    def test_no_answer_keeps_the_words_that_a_form_has_for_it(self):
        form = forms.Form()
        form.fields["state"] = forms.ChoiceField(required=False, choices=[("", "Tous"), ("open", "Ouverts")])
        html = rendered(self.FIELD, field=form["state"])
        assert "<span>Tous</span>" in html
        assert "Sans réponse" not in html

    def test_more_choices_are_a_list(self):
        assert "<select" in self.field("who")

    def test_a_lone_box_follows_its_input(self):
        assert '<label class="check" for="id_told"><input type="checkbox"' in self.field("told")


class TestErrorSummary:
    def test_links_to_each_field(self):
        form = AccessForm({"name": "", "email": "x", "level": "l", "who": "1", "told": "on"})
        html = rendered("{% component 'error_summary' form=form %}", form=form)
        assert "2 points sont à corriger" in html
        assert '<a href="#id_name">' in html
        assert '<a href="#id_email">' in html

    def test_says_nothing_without_errors(self):
        assert rendered("{% component 'error_summary' form=form %}", form=AccessForm()) == ""


class TestFeedback:
    @pytest.mark.parametrize(
        ("state", "word", "polls"),
        [
            ("waiting", "En attente", True),
            ("running", "En cours", True),
            ("done", "Prêt", False),
            ("failed", "Échec", False),
        ],
    )
    def test_a_job_says_its_state_and_asks_again_until_it_ends(self, state, word, polls):
        html = rendered(
            "{% component 'job_progress' id='j' title='Rapport' state=state url='/j/' done=4 total=10 error='Raison' "
            "retry_url='/r/' download_url='/d/' csrf_token='t' %}",
            state=state,
        )
        assert word in html
        assert ("hx-trigger" in html) is polls
        assert ("4 sur 10" in html) is polls
        assert ("Réessayer" in html) is (state == "failed")
        assert ("Télécharger" in html) is (state == "done")

    def test_a_conflict_shows_both_texts(self):
        html = rendered(
            "{% component 'conflict' id='c' label='Ce qui bloque' mine='Le mien' theirs='Le sien' "
            "who='Karim Bellouard' saved_at=at url='/u/' name='text' version=4 keep_url='/k/' csrf_token='t' %}",
            at=AT,
        )
        assert ">Le mien</textarea>" in html
        assert "Le sien" in html
        assert "20\u00a0novembre\u00a02026 à\u00a014:32" in html
        assert 'name="version" value="4"' in html

    def test_saved_is_a_live_region_even_before_it_speaks(self):
        assert rendered("{% component 'saved' id='x' %}") == '<p class="saved" id="x" role="status"></p>'
        assert "Enregistré à <time" in rendered("{% component 'saved' id='x' at=at %}", at=AT)


class TestNavigation:
    def test_filters_say_which_is_chosen(self):
        items = [Link("Toutes", "?", current=True, count=21), Link("KO", "?ko", count=0)]
        html = rendered("{% component 'filters' items=items label='Filtrer' %}", items=items)
        assert html.count('aria-current="true"') == 1
        assert "<b>0</b>" in html

    def test_the_last_crumb_is_no_link(self):
        items = [Link("Trois Rivages", "/"), Link("Checklist")]
        html = rendered("{% component 'breadcrumb' items=items %}", items=items)
        assert '<span aria-current="page">Checklist</span>' in html

    def test_a_step_draws_what_it_counts(self):
        steps = [Step(2, "Cadrer", "?etape=2", total=20, done=14, blocked=1, current=True)]
        html = rendered("{% component 'stepper' steps=steps %}", steps=steps)
        assert "14 / 20" in html
        assert 'width="70.00%"' in html
        assert 'aria-current="step"' in html

    def test_pages_keep_the_rest_of_the_address(self):
        request = RequestFactory().get("/?etape=2&page=2")
        html = rendered("{% component 'pagination' page=page %}", request, page=Paginator(range(30), 10).page(2))
        assert 'href="?etape=2&amp;page=3"' in html
        assert "Page 2 sur 3" in html


def test_people_and_what_they_did():
    html = rendered("{% component 'people' people=people %}", people=[Person("Solène Aubertin-Roy", "Directrice")])
    assert ">SA</span>" in html
    html = rendered("{% component 'history' entries=entries %}", entries=[Entry(AT, "Karim Bellouard", "OK <b>")])
    assert "Karim Bellouard" in html
    assert "OK &lt;b&gt;" in html
    assert "Rien n’a encore changé." in rendered("{% component 'history' entries=none %}", none=[])


def test_a_role_has_one_of_four_letters():
    assert "Consulté" in rendered("{% component 'raci' roles=roles %}", roles=(Role("C", "COMOP"),))
    with pytest.raises(KeyError):
        Role("X", "COMOP")


class TestStylesheet:
    INDEX = ROOT / "static" / INDEX

    def test_is_one_file_without_imports_in_the_declared_order(self):
        sheet = join(self.INDEX)
        assert sheet.startswith("@layer reset, tokens, base, layout, components, utilities, print, report;")
        assert "@import" not in sheet
        assert sheet.count("{") == sheet.count("}")
        assert sheet.index("@layer tokens {") < sheet.index("@layer utilities {") < sheet.index("@media print {")

    def test_holds_every_part_and_stays_light(self):
        of_their_own_pages = {"report.css", "raci-matrix.css", "habilitations.css", "risks.css", "indicators.css"}
        names = {path.name for path in (ROOT / "static/css").rglob("*.css")} - {"index.css", *of_their_own_pages}
        assert names == {Path(name).name for name in re.findall(r'url\("([^"]+)"\)', self.INDEX.read_text())}
        assert len(gzip.compress(join(self.INDEX).encode())) < 12_000  # what travels on a poor line

    def test_is_flat(self):
        """Chromium 109 and Firefox 115 read no nested rule: a brace opens inside a layer, an at-rule or a rule only."""
        depth, at_rules = 0, []
        for opening, closing in re.findall(r"([^{}]*)\{|(\})", join(self.INDEX)):
            if closing:
                depth -= 1
                at_rules = at_rules[:depth]
                continue
            prelude = opening.rpartition(";")[2].strip()
            assert depth == 0 or at_rules[-1], f"{prelude!r} is nested in a rule"
            at_rules.append(prelude.startswith("@"))
            depth += 1

    def test_is_found_and_collected(self):
        assert Path(finders.find(JOINED)).read_text(encoding="utf-8") == join(self.INDEX)
        finder = JoinedCssFinder()
        [(name, storage)] = finder.list(None)
        assert name == JOINED
        assert storage.exists(JOINED)
        assert finder.check() == []
        assert finder.find("css/other.css") == []
