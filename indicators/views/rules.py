"""When indicators alert: all the rules, one, one more, and having them checked."""

from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse

from common import french
from common.errors import Conflict, DomainError
from common.ids import new_id
from indicators.enums import Kind
from indicators.forms.rules import ChangeRuleForm, NewRuleForm, initial_of
from indicators.models import AlertRule
from indicators.presentation import rule_acts as acts
from indicators.presentation import rules as presentation
from indicators.selectors import defining as selectors
from indicators.selectors.definitions import Followed
from indicators.services import rules as services
from indicators.services.alerts import evaluate
from indicators.views.definitions import DefiningPage

NUMBERS = {Kind.COUNT, Kind.AMOUNT, Kind.RATIO, Kind.SCORE}


class RulesView(DefiningPage):
    """All of them, in words."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        known = selectors.known_in(self.project)
        view = presentation.page(self.project, selectors.rules_of(self.project), known)
        return self.show("rules", {"view": view})


class CheckView(DefiningPage):
    """Judge them at once, rather than tomorrow morning."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        new = evaluate(self.project, on=french.today())
        return self.told(presentation.checked(len(new)), self.url("indicator_rules"))


class RuleForms(DefiningPage, abstract=True):
    """A page with the form of a rule."""

    @cached_property
    def known(self) -> presentation.Known:
        return selectors.known_in(self.project)

    def others(self, one: Followed | None) -> list[Followed]:
        """Those that a gap may be to: numbers of the same frequency."""
        if one is None:
            return []
        return [
            other
            for other in self.known.values()
            if other.indicator.active
            and other.indicator.pk != one.indicator.pk
            and other.definition.frequency == one.definition.frequency
            and other.definition.kind in NUMBERS
        ]


class AddView(RuleForms):
    """One more, of an indicator."""

    @cached_property
    def one(self) -> Followed:
        found = next((one for one in self.known.values() if one.code == self.kwargs["code"]), None)
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        initial = {"token": new_id(), "periods": 1}
        return self.ask(NewRuleForm(one=self.one, others=self.others(self.one), initial=initial))

    def post(self, request: HttpRequest, slug: str, code: str) -> HttpResponse:
        form = NewRuleForm(request.POST, one=self.one, others=self.others(self.one))
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            rule = services.add_rule(indicator=self.one.indicator, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form, status=422)
        home = self.url("indicator_definition", code)
        return self.told(acts.written(rule, self.known), f"{home}#regles")

    def ask(self, form: NewRuleForm, *, status: int = 200) -> HttpResponse:
        view = acts.add_page(self.project, self.one.definition)
        return self.show("form", {"view": view, "form": form}, status=status)


class OneRule(RuleForms, abstract=True):
    @cached_property
    def rule(self) -> AlertRule:
        rows = AlertRule.objects.filter(project=self.project).select_related("indicator", "other")
        rule = rows.filter(pk=self.kwargs["rule_id"]).first()
        if rule is None:
            raise Http404
        return rule

    @property
    def one(self) -> Followed | None:
        return self.known[self.rule.indicator_id] if self.rule.indicator_id else None

    @property
    def home(self) -> str:
        """Where its rule is read: beside its indicator, or with all of them."""
        if self.rule.indicator is None:
            return self.url("indicator_rules")
        return f"{self.url('indicator_definition', self.rule.indicator.code)}#regles"


class RuleView(OneRule):
    """Change a rule."""

    def get(self, request: HttpRequest, slug: str, rule_id: object) -> HttpResponse:
        return self.ask(self.form(initial=initial_of(self.rule)))

    def form(self, data: object = None, **more: object) -> ChangeRuleForm:
        return ChangeRuleForm(data, one=self.one, others=self.others(self.one), kept=self.rule, **more)

    def post(self, request: HttpRequest, slug: str, rule_id: object) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        try:
            rule = services.change_rule(rule=self.rule, by=request.user, **form.cleaned_data)
        except Conflict as conflict:
            typed = {**request.POST.dict(), "phases": request.POST.getlist("phases")}
            again = self.form(initial={**typed, "version": conflict.current.version})
            return self.ask(again, theirs=conflict.current, status=409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.ask(form, status=422)
        return self.told(acts.written(rule, self.known), self.home)

    def ask(self, form: ChangeRuleForm, *, theirs: AlertRule | None = None, status: int = 200) -> HttpResponse:
        view = acts.change_page(self.project, self.rule, self.known, theirs, self.home)
        return self.show("form", {"view": view, "form": form}, status=status)


class SwitchView(OneRule):
    """Put a rule in service, or out of it."""

    active = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, rule_id: object) -> HttpResponse:
        services.put_in_service(rule=self.rule, active=self.active)
        undo = self.url("indicator_rule_off" if self.active else "indicator_rule_on", rule_id)
        return self.told(acts.SWITCHED[self.active], self.home, undo_url=undo)
