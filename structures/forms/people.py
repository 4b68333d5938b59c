"""Forms about the people of a structure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from common import french
from organisations.models import User
from structures.enums.people import ContactFunction, Skill
from structures.models import Appointment

PROFESSIONAL = french.typography("Des coordonnées professionnelles seulement : jamais un numéro ni une adresse privés.")


class Quantity(forms.DecimalField):
    """A number shown as it is written: « 7 », « 1,5 »."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=True, max_digits=3, decimal_places=1, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return int(value) if isinstance(value, Decimal) and value == int(value) else value


class ContactForm(forms.Form):
    """Somebody, or a service, to be reached."""

    function = forms.ChoiceField(
        label="Fonction",
        choices=[("", "Choisir une fonction"), *ContactFunction.choices],
        error_messages={"required": "Choisissez une fonction dans la liste."},
    )
    organisation = forms.CharField(
        label="Organisme, entreprise ou service",
        required=False,
        max_length=120,
        help_text=french.typography("Par exemple : « Ondelis Réseaux » ou « Service informatique de l’OG »."),
    )
    name = forms.CharField(
        label="Nom de la personne", required=False, max_length=120, help_text="Le nom d’un service suffit souvent."
    )
    email = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text=PROFESSIONAL,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Cette adresse n’est pas complète : nom@organisme.fr."},
    )
    phone = forms.CharField(label="Téléphone", required=False, max_length=30, widget=forms.TelInput)
    note = forms.CharField(
        label="Ce qu’il faut savoir",
        required=False,
        max_length=300,
        help_text=french.typography("Par exemple : « Joignable le matin ; connaît bien l’export du logiciel actuel »."),
    )


class NewContactForm(ContactForm):
    token = forms.UUIDField(widget=forms.HiddenInput)


class ContactSheetForm(ContactForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class PersonForm(forms.Form):
    """Who is proposed."""

    name = forms.CharField(
        label="Nom de la personne", max_length=120, error_messages={"required": "Donnez le nom de la personne."}
    )
    function = forms.CharField(
        label="Sa fonction",
        max_length=120,
        help_text=french.typography("Par exemple : « Infirmière coordinatrice »."),
        error_messages={"required": "Donnez sa fonction."},
    )
    email = forms.EmailField(
        label="Son adresse professionnelle",
        help_text=PROFESSIONAL,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Donnez son adresse professionnelle.",
            "invalid": "Cette adresse n’est pas complète : nom@organisme.fr.",
        },
    )


NO_CALL = "aucun"


class ProposeForm(PersonForm):
    """A new application, to answer one of the open calls or none."""

    call = forms.ChoiceField(
        label="Pour quel appel",
        required=False,
        error_messages={"invalid_choice": "Cet appel n’est plus ouvert : proposez la personne sans appel."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("call", "name", "function", "email", "token")

    def __init__(self, *args: Any, calls: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calls = {str(call.pk): call for call in calls}
        self.fields["call"].choices = [
            *((key, french.typography(call.title)) for key, call in self.calls.items()),
            (NO_CALL, "Aucun appel en particulier"),
        ]


class PersonSheetForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class SkillsForm(forms.Form):
    """What a person knows, and when they are free."""

    skills = forms.MultipleChoiceField(
        label="Compétences", required=False, choices=Skill.choices, widget=forms.CheckboxSelectMultiple
    )
    own_skills = forms.CharField(label="D’autres compétences", required=False, max_length=200)
    days_per_month = Quantity(
        label="Jours par mois",
        required=False,
        min_value=0.5,
        max_value=20,
        help_text=french.typography("Une demi-journée s’écrit 0,5."),
    )
    available_from = forms.DateField(label="À partir du", required=False)
    available_until = forms.DateField(label="Jusqu’au", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReleaseForm(forms.Form):
    """The agreement of the direction, with the time released."""

    hours_per_month = forms.IntegerField(
        label="Temps dégagé, en heures par mois",
        min_value=1,
        max_value=160,
        error_messages={"required": "Indiquez le temps dégagé, en heures par mois."},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    compensation = forms.CharField(
        label="Comment ce temps est compensé",
        required=False,
        max_length=300,
        help_text=french.typography("Par exemple : « Remplacement le jeudi ; prime de projet votée au CSE »."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class LetterForm(forms.Form):
    """The mission of a local referent."""

    mission = forms.CharField(
        label="Sa mission",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce qui lui est confié, ce que la direction garde.",
        error_messages={"required": "Écrivez la mission en quelques phrases."},
    )
    hours_per_week = Quantity(
        label="Temps dégagé, en heures par semaine",
        min_value=0.5,
        max_value=35,
        error_messages={"required": "Indiquez le temps dégagé : une mission sans temps ne se tient pas."},
    )
    starts_on = forms.DateField(label="À partir du", error_messages={"required": "Donnez le début de la mission."})
    ends_on = forms.DateField(label="Jusqu’au", required=False, help_text="Nous vous proposerons de la reconduire.")


class AppointForm(LetterForm):
    """A new letter, for one of the referents of the structure."""

    referent = forms.ChoiceField(
        label="Le référent local",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez le référent.",
            "invalid_choice": "Choisissez une personne de la liste.",
        },
    )
    renews = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("referent", "mission", "hours_per_week", "starts_on", "ends_on", "renews", "token")

    def __init__(self, *args: Any, referents: Sequence[User], letters: Sequence[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referents = {str(user.pk): user for user in referents}
        self.letters = {str(letter.pk): letter for letter in letters}
        self.fields["referent"].choices = [(key, user.get_full_name()) for key, user in self.referents.items()]

    def clean_renews(self) -> Appointment | None:
        return self.letters.get(self.cleaned_data["renews"])


class LetterSheetForm(LetterForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CallForm(forms.Form):
    """A call for applications."""

    title = forms.CharField(
        label="Ce qu’il y a à faire",
        max_length=160,
        help_text=french.typography("Par exemple : « Relire le paramétrage des transmissions »."),
        error_messages={"required": "Dites en quelques mots ce qu’il y a à faire."},
    )
    skills = forms.MultipleChoiceField(
        label="Compétences recherchées", required=False, choices=Skill.choices, widget=forms.CheckboxSelectMultiple
    )
    workload = forms.CharField(
        label="Charge de travail",
        max_length=160,
        help_text=french.typography("Par exemple : « Deux ateliers d’une demi-journée par mois jusqu’en mars »."),
        error_messages={"required": "Dites combien de temps cela demande : les directions s’engagent dessus."},
    )
    open_until = forms.DateField(
        label="Ouvert jusqu’au", error_messages={"required": "Donnez une date : elle est rappelée aux structures."}
    )
    text = forms.CharField(
        label="Présentation", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class NewCallForm(CallForm):
    token = forms.UUIDField(widget=forms.HiddenInput)


class CallSheetForm(CallForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """Retained or not, with a word."""

    answer = forms.ChoiceField(
        choices=[("retained", "Retenir"), ("declined", "Ne pas retenir")],
        error_messages={"required": "Choisissez une réponse."},
    )
    word = forms.CharField(
        label="Un mot à la structure",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Nécessaire si vous ne retenez pas la personne.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
