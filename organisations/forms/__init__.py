"""The edges of the organisations app: what is posted, turned into values or refused in words."""

from organisations.forms.fields import (
    AmountField,
    CountField,
    NumbersMixin,
    cannot_be_empty,
    category_choices,
    category_name,
    number_field,
    plain_number,
    typed,
)
from organisations.forms.people import (
    PASSWORD_LENGTH,
    AccountForm,
    EndForm,
    InviteForm,
    ReferentForm,
)
from organisations.forms.sheets import (
    DirectoryForm,
    NewEsmsForm,
    NewOGForm,
    NewWaveForm,
    OGForm,
    PeriodForm,
    ProfileForm,
    ProjectForm,
    SheetForm,
    WaveForm,
)

__all__ = [
    "PASSWORD_LENGTH",
    "AccountForm",
    "AmountField",
    "CountField",
    "DirectoryForm",
    "EndForm",
    "InviteForm",
    "NewEsmsForm",
    "NewOGForm",
    "NewWaveForm",
    "NumbersMixin",
    "OGForm",
    "PeriodForm",
    "ProfileForm",
    "ProjectForm",
    "ReferentForm",
    "SheetForm",
    "WaveForm",
    "cannot_be_empty",
    "category_choices",
    "category_name",
    "number_field",
    "plain_number",
    "typed",
]
