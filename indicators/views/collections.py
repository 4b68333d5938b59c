"""The lead says when and to whom figures are asked, frequency by frequency."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse

from common import french
from common.errors import Conflict, DomainError
from indicators.forms.collections import CollectionForm, initial_of
from indicators.models import Collection
from indicators.presentation import collections as presentation
from indicators.selectors.defining import collections_of
from indicators.selectors.definitions import followed
from indicators.services.collections import set_collection
from indicators.views.definitions import DefiningPage
from organisations.models import Wave
from organisations.selectors import waves_of


class CollectionsView(DefiningPage):
    """Each frequency with its form."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.listed(list(waves_of(self.project)), {})

    def listed(
        self,
        waves: list[Wave],
        forms: Mapping[str, CollectionForm],
        *,
        moved: Collection | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """`forms`: those that were sent back, by frequency."""
        found, today = followed(self.project), french.today()
        blocks = [
            presentation.block(
                row,
                forms.get(row.frequency) or CollectionForm(prefix=row.frequency, waves=waves, initial=initial_of(row)),
                found,
                self.project,
                today,
                sent_back=row.frequency in forms,
            )
            for row in collections_of(self.project)
        ]
        return self.show(
            "collections", {"view": presentation.page(self.project, moved), "blocks": blocks}, status=status
        )


class CollectionView(CollectionsView):
    """One frequency, saved."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, frequency: str) -> HttpResponse:
        row = Collection.objects.filter(project=self.project, frequency=frequency).first()
        if row is None:
            raise Http404
        waves = list(waves_of(self.project))
        form = CollectionForm(request.POST, prefix=frequency, waves=waves)
        if not form.is_valid():
            return self.listed(waves, {frequency: form}, status=422)
        try:
            set_collection(collection=row, **form.cleaned_data)
        except Conflict as conflict:
            typed = {**form.cleaned_data, "waves": [str(pk) for pk in form.cleaned_data["wave_ids"]]}
            again = CollectionForm(
                prefix=frequency, waves=waves, initial={**typed, "version": conflict.current.version}
            )
            return self.listed(waves, {frequency: again}, moved=conflict.current, status=409)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.listed(waves, {frequency: form}, status=422)
        return self.told(presentation.SAVED, f"{self.url('indicator_collections')}#{frequency}")
