"""The exchanges about an action: naming somebody, and saying what is handled."""

import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from checklist.enums import Letter
from checklist.models import Comment, Mention
from checklist.selectors import unhandled_mentions
from common.scope import elevated
from organisations.access import acting_as
from organisations.enums import Role
from organisations.models import User
from tests.factories import ActionPersonFactory, CommentFactory, MembershipFactory, MentionFactory, UserFactory
from tests.harness.days import days_ago
from tests.harness.htmx import HTMX, parse, text
from tests.harness.world import FOREIGN, LEADS_ACTION, SLUG, World

pytestmark = pytest.mark.django_db
PAGE = f"/projets/{SLUG}/checklist/"
NUMBER = "2.1.1"


def url(what: str = "", number: str = NUMBER) -> str:
    return f"{PAGE}actions/{number}/{what}"


def write(client: Client, message: str, number: str = NUMBER, **options: object) -> HttpResponse:
    return client.post(url("messages/", number), {"text": message, "token": str(uuid.uuid4())}, **options)


def plain(answer: HttpResponse) -> str:
    return text(parse(answer.content)).replace("\xa0", " ").replace("\u202f", " ")


def named(world: World) -> list[User]:
    """Whom the messages name, in order."""
    with elevated():
        mentions = Mention.objects.filter(project=world.project).select_related("user").order_by("user__last_name")
        return [mention.user for mention in mentions]


def member(world: World, first: str, last: str, role: Role = Role.COMOP) -> User:
    user = UserFactory(first_name=first, last_name=last)
    MembershipFactory(user=user, role=role, target=world.project)
    return user


def handled_url(comment: Comment) -> str:
    return url(f"messages/{comment.pk}/traite/", comment.action.number)


# --- Naming ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "message",
    [
        "@Maëlle Kerdrain-Le Goff, peux-tu relire ?",
        "Vu avec @maelle kerdrain-le goff.",
        "@MAELLE KERDRAIN-LE GOFF",
        "Merci @Maëlle !",
        "(@Maëlle\u00a0Kerdrain-Le\u00a0Goff)",
        "@Mae\u0308lle",  # typed on a Mac: the letter and its accent apart
    ],
)
def test_a_name_after_an_at_sign_tells_that_person(world: World, lead: Client, message: str) -> None:
    maelle = member(world, "Maëlle", "Kerdrain-Le Goff")
    assert write(lead, message).status_code == 302
    assert named(world) == [maelle]


def test_the_longest_name_wins(world: World, lead: Client) -> None:
    member(world, "Anne", "Roy")
    longer = member(world, "Anne", "Roy Martin")
    write(lead, "@Anne Roy Martin : d’accord ?")
    assert named(world) == [longer]


def test_people_of_one_name_are_told_together(world: World, lead: Client) -> None:
    both = [member(world, "Anne", "Roy"), member(world, "Anne", "Roy")]
    write(lead, "@Anne Roy : d’accord ?")
    assert {user.pk for user in named(world)} == {user.pk for user in both}


def test_one_is_not_told_of_ones_own_message(world: World, lead: Client) -> None:
    write(lead, f"@{world.lead.get_full_name()} pense-bête")
    assert named(world) == []


def test_a_message_keeps_its_lines(lead: Client) -> None:
    write(lead, "Un.\nDeux.")
    message = parse(lead.get(url()).content).xpath("//*[@id='echanges']//li//p")[0]
    assert [line.tail.strip() for line in message.xpath(".//br")] == ["Un.", "Deux."]


@pytest.mark.parametrize("message", ["Écrire à contact@Paris.fr", "@ 14 h", "le tarif @unité", "@@Dupont"])
def test_an_at_sign_that_names_nobody_is_a_sign(world: World, lead: Client, message: str) -> None:
    assert write(lead, message).status_code == 302
    assert message in plain(lead.get(url()))
    assert named(world) == []


@pytest.mark.parametrize("options", [{}, HTMX])
def test_a_name_that_nobody_bears_is_refused_with_the_close_ones_and_kept(
    world: World, lead: Client, options: dict
) -> None:
    member(world, "Camille", "Durand")
    answer = write(lead, "@Camile, tu valides ?", **options)
    assert answer.status_code == 422
    said = plain(answer)
    assert "Personne de ce projet ne s’appelle « @Camile »" in said
    assert "« @Camille Durand »" in said
    assert "@Camile, tu valides ?" in parse(answer.content).xpath("//textarea[@name='text']")[0].text_content()
    with elevated():
        assert not Comment.objects.filter(action=world.action(NUMBER)).exists()


def test_a_first_name_that_several_bear_asks_which(world: World, lead: Client) -> None:
    member(world, "Camille", "Durand"), member(world, "Camille", "Petit")
    answer = write(lead, "@Camille ?")
    assert answer.status_code == 422
    assert "« @Camille Durand » ou « @Camille Petit »" in plain(answer)


def test_who_may_not_read_the_action_is_refused_in_words(world: World, lead: Client) -> None:
    vendor, buyer = world.person(Role.VENDOR), member(world, "Boris", "Achat", Role.PURCHASING)
    for user in (vendor, buyer):
        answer = write(lead, f"@{user.get_full_name()} : qu’en pensez-vous ?")
        assert answer.status_code == 422
        assert f"{user.get_full_name()} n’a pas accès à cette action" in plain(answer)
    ActionPersonFactory(action=world.action(NUMBER), user=buyer, letter=Letter.C)
    assert write(lead, f"@{buyer.get_full_name()} : qu’en pensez-vous ?").status_code == 302
    assert named(world) == [buyer]


def test_people_of_another_project_are_no_names_here(world: World, lead: Client) -> None:
    with elevated():
        stranger = world.foreign.people[Role.COMOP]
        stranger.first_name, stranger.last_name = "Zoé", "Étrangère"
        stranger.save()
    answer = write(lead, "@Zoé Étrangère")
    assert answer.status_code == 422
    assert "Corrigez ce nom" in plain(answer)
    assert FOREIGN not in answer.content.decode()


def test_those_who_may_be_named_are_in_the_page(world: World, lead: Client) -> None:
    offered = parse(lead.get(url()).content).xpath("//datalist[@id='participants']/option/@value")
    assert world.person(Role.DPO).get_full_name() in offered
    assert world.person(Role.LOCAL_REFERENT).get_full_name() in offered
    unable = (world.lead, world.person(Role.VENDOR), world.person(Role.PURCHASING))
    assert not {user.get_full_name() for user in unable} & set(offered)


def test_a_name_is_marked_and_the_rest_stays_text(world: World, lead: Client) -> None:
    user = member(world, "Anne", "<i>Roy</i>")
    write(lead, "<b>@Anne <i>Roy</i></b> & @anne <script>x</script>")
    page = parse(lead.get(url()).content)
    message = page.xpath("//*[@id='echanges']//li//p")[0]
    assert [mark.text_content() for mark in message.xpath(".//b")[1:]] == ["@Anne <i>Roy</i>", "@anne"]
    assert "<b>@Anne <i>Roy</i></b> & @anne <script>x</script>" in text(message)
    assert named(world) == [user]


# --- Handled ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(world: World) -> Comment:
    """A message of the COSTRAT's that names the DPO, about an action that the COMOP does."""
    comment = CommentFactory(action=world.action("2.2.1"), author=world.person(Role.COSTRAT), text="À vérifier")
    MentionFactory(comment=comment, user=world.person(Role.DPO))
    return comment


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PROJECT_LEAD, 302),  # manages
        (Role.COSTRAT, 302),  # wrote it
        (Role.DPO, 302),  # is named in it
        (Role.COMOP, 302),  # Acteur
        (Role.OG_DIRECTOR, 403),
        (Role.OBSERVER, 403),
        (Role.PURCHASING, 404),
    ],
)
def test_who_may_say_that_a_message_is_handled(
    world: World, client_as: Callable, asked: Comment, role: Role, status: int
) -> None:
    client = client_as(world.person(role))
    shown = client.get(url(number="2.2.1"))
    assert (handled_url(asked) in shown.content.decode()) is (status == 302)
    assert client.post(handled_url(asked)).status_code == status
    with elevated():
        asked.refresh_from_db()
    assert (asked.handled_by_id == world.person(role).pk) is (status == 302)


def test_a_handled_message_says_by_whom_and_can_wait_again(world: World, lead: Client, asked: Comment) -> None:
    assert "1 message à traiter." in plain(lead.get(url(number="2.2.1")))
    lead.post(handled_url(asked))
    handled = plain(lead.get(url(number="2.2.1")))
    assert f"Traité par {world.lead.get_full_name()} le" in handled
    assert "à traiter." not in handled
    lead.post(handled_url(asked), {"undo": "1"})
    assert "1 message à traiter." in plain(lead.get(url(number="2.2.1")))


def test_the_first_who_handled_it_stays(world: World, client_as: Callable, asked: Comment) -> None:
    for role in (Role.DPO, Role.PROJECT_LEAD):
        client_as(world.person(role)).post(handled_url(asked))
    with elevated():
        asked.refresh_from_db()
    assert asked.handled_by == world.person(Role.DPO)


def test_the_message_of_another_action_is_not_behind_this_one(lead: Client, asked: Comment) -> None:
    assert lead.post(url(f"messages/{asked.pk}/traite/")).status_code == 404


def test_the_list_counts_the_messages_that_wait(world: World, lead: Client, asked: Comment) -> None:
    CommentFactory(action=asked.action, author=world.lead)
    MentionFactory(comment=asked, user=world.person(Role.COMOP))  # two people named in one message
    assert "2 messages, 1 à traiter" in plain(lead.get(f"{PAGE}?etape=2"))
    lead.post(handled_url(asked))
    page = plain(lead.get(f"{PAGE}?etape=2"))
    assert "2 messages" in page
    assert "à traiter" not in page


def test_old_messages_are_folded_but_for_those_that_wait(world: World, lead: Client, asked: Comment) -> None:
    with elevated():
        Comment.objects.filter(pk=asked.pk).update(created_at=days_ago(60))
    for number in range(25):
        at = days_ago(50 - number)
        CommentFactory(action=asked.action, author=world.lead, text=f"Suite {number}.", created_at=at)
    section = parse(lead.get(url(number="2.2.1")).content).get_element_by_id("echanges")
    folded, shown = section.xpath("./details//li"), section.xpath("./ol/li")
    assert text(section.xpath("./details/summary")[0]) == "Voir 5 messages plus anciens"
    assert [f"Suite {number}." in text(item) for number, item in enumerate(folded)] == [True] * 5
    assert "À vérifier" in text(shown[0])
    assert "Suite 24." in text(shown[-1])
    assert len(shown) == 21


# --- « Mon travail » -------------------------------------------------------------------------------------------------


def waiting_for(user: User) -> list[Comment]:
    with acting_as(user.pk) as access:
        return [mention.comment for mention in unhandled_mentions(user, access)]


def test_a_mention_waits_for_its_person_until_it_is_handled(world: World, lead: Client, asked: Comment) -> None:
    assert waiting_for(world.person(Role.DPO)) == [asked]
    assert waiting_for(world.person(Role.COMOP)) == []
    lead.post(handled_url(asked))
    assert waiting_for(world.person(Role.DPO)) == []


def test_a_mention_waits_only_where_the_action_may_be_read(world: World) -> None:
    buyer = world.person(Role.PURCHASING)
    theirs = CommentFactory(action=world.action("3.1.3"), author=world.lead)
    hidden = CommentFactory(action=world.action(LEADS_ACTION), author=world.lead)
    for comment in (theirs, hidden):
        MentionFactory(comment=comment, user=buyer)
        MentionFactory(comment=comment, user=world.person(Role.VENDOR))
    assert waiting_for(buyer) == [theirs]
    assert waiting_for(world.person(Role.VENDOR)) == []
    ActionPersonFactory(action=world.action(LEADS_ACTION), user=buyer, letter=Letter.I)
    assert waiting_for(buyer) == [theirs, hidden]
