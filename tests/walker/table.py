"""Every address of the application, who may do what there, and what the others are answered.

One line an address (`Row`); the product's table (product.md, « Who may do what ») is its source. An address that isn't
here fails the suite, and so does an application with fewer addresses than `ADDRESSES`.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from checklist.models import Action, Snapshot
from checklist.selectors import plan_of_restoring
from checklist.selectors.structure import read_structure
from checklist.structure import to_json
from common.catalogues import latest
from common.scope import elevated
from organisations.enums import Role
from tests.harness.world import LEADS_ACTION, Tenant, World
from tests.walker import governance, indicators, risks, structures
from tests.walker.base import (
    ACTING,
    COMOP,
    COSTRAT,
    ESMS_DIRECTOR,
    INVITED,
    LEAD,
    MEMBERS,
    OBSERVER,
    OG_DIRECTOR,
    ONLY_LEAD,
    PURCHASING,
    READERS,
    REFERENT,
    REPORT_READERS,
    RIVAL_DIRECTOR,
    TEAM_DIRECTORS,
    TOKEN,
    UUID,
    OpenRow,
    Row,
    Values,
    form,
)
from tests.walker.governance.decisions import decision_made

ADDRESSES = 526


def action(world: World) -> dict[str, Any]:
    return {"number": LEADS_ACTION}


def strange_action(world: World) -> dict[str, Any]:
    return {"number": "8.8.8"}


def missing_action(world: World) -> dict[str, Any]:
    return {"number": "9.9.9"}


def to_name(world: World) -> dict[str, Any]:
    """An action without a Responsable."""
    return {"number": "5.3.2"}


def action_version(world: World) -> int:
    return world.own.action.version


CHECKLIST_ROWS = [
    Row("checklist_export", get={200: READERS | {PURCHASING}}, post={405: READERS | {PURCHASING}}),
    Row("checklist_import", get={200: ONLY_LEAD}, post={422: ONLY_LEAD}),
    Row(
        "checklist_import_preview",
        get={200: ONLY_LEAD},
        post={409: ONLY_LEAD},  # confirmed without having been seen
        place=lambda world: {"import_id": world.own.received.pk},
        strange=lambda world: {"import_id": world.foreign.received.pk},
        missing=lambda world: {"import_id": UUID},
    ),
    Row(
        "checklist_import_annotated",
        get={302: ONLY_LEAD},
        post={405: ONLY_LEAD},
        place=lambda world: {"import_id": world.own.received.pk},
        strange=lambda world: {"import_id": world.foreign.received.pk},
        missing=lambda world: {"import_id": UUID},
    ),
    Row("checklist", get={200: READERS | {PURCHASING}}, post={405: READERS | {PURCHASING}}),
    Row(
        "checklist_action",
        get={200: READERS, 404: {PURCHASING}},
        post={405: READERS, 404: {PURCHASING}},
        place=action,
        strange=strange_action,
        missing=missing_action,
    ),
    Row(
        "checklist_status",
        get={405: ACTING - {PURCHASING}, 404: {PURCHASING}},
        post={302: ONLY_LEAD, 404: {PURCHASING}},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=lambda world: {"status": "ok", "version": action_version(world)},
    ),
    Row(
        "checklist_selection",
        get={405: ACTING},
        post={302: ONLY_LEAD, 404: {PURCHASING}},
        body=lambda world: {
            "change": "status",
            "status": "ok",
            "action": f"{world.own.action.pk}:{action_version(world)}",
        },
        note="an action of the lead alone: read by the others who act, who are told that they may not change it",
    ),
    Row(
        "checklist_selection",
        get={405: ACTING},
        post={404: ACTING},
        body=lambda world: {
            "change": "status",
            "status": "ok",
            "action": f"{world.foreign.action.pk}:{world.foreign.action.version}",
        },
        note="an action of the other project",
    ),
    Row(
        "checklist_selection_undo",
        get={405: ACTING},
        post={409: ACTING},
        place=form(request_id=UUID),
        note="nothing that they did",
    ),
    Row(
        "checklist_save_view",
        get={405: READERS | {PURCHASING}},
        post={302: READERS | {PURCHASING}},
        body=form(name="Ma vue"),
    ),
    Row(
        "checklist_remove_view",
        get={405: READERS | {PURCHASING}},
        post={302: {OBSERVER}, 404: READERS - {OBSERVER} | {PURCHASING}},
        place=lambda world: {"view_id": world.own.saved.pk},
        strange=lambda world: {"view_id": world.foreign.saved.pk},
        missing=form(view_id=UUID),
        note="one's own",
    ),
    Row(
        "checklist_card",
        get={200: READERS, 404: {PURCHASING}},
        post={405: READERS, 404: {PURCHASING}},
        place=action,
        strange=strange_action,
        missing=missing_action,
    ),
    Row(
        "checklist_field",
        get={405: ACTING - {PURCHASING}, 404: {PURCHASING}},
        post={302: ONLY_LEAD, 404: {PURCHASING}},
        place=lambda world: {**action(world), "field": "ko_blocker"},
        strange=lambda world: {**strange_action(world), "field": "ko_blocker"},
        missing=lambda world: {**missing_action(world), "field": "ko_blocker"},
        body=lambda world: {"ko_blocker": "Rien", "version": action_version(world)},
    ),
    Row(
        "checklist_people",
        get={302: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=lambda world: {"user": world.person(Role.COMOP).pk, "letter": "A"},
    ),
    Row(
        "checklist_unname",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {**action(world), "person_id": world.own.person.pk},
        strange=lambda world: {**action(world), "person_id": world.foreign.person.pk},
        missing=lambda world: {**action(world), "person_id": UUID},
    ),
    Row(
        "checklist_responsible",
        get={302: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=to_name,
        strange=strange_action,
        missing=missing_action,
        body=form(who="comop"),
    ),
    Row(
        "checklist_responsible_undo",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {**to_name(world), "given_id": UUID},
        strange=lambda world: {**strange_action(world), "given_id": UUID},
        missing=lambda world: {**missing_action(world), "given_id": UUID},
        note="twice is once: what nobody holds is taken back without a word",
    ),
    Row(
        "checklist_opinions",
        get={302: ACTING - {PURCHASING}, 404: {PURCHASING}},
        post={302: ONLY_LEAD, 404: {PURCHASING}},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=lambda world: {
            "holders": [str(world.own.person.user_id)],
            "due_on": timezone.localdate() + timedelta(days=1),
            "token": TOKEN,
        },
    ),
    Row(
        "checklist_opinion",
        get={302: READERS, 404: {PURCHASING}},
        post={302: {COMOP}, 404: {PURCHASING}},
        place=lambda world: {**action(world), "request_id": world.own.opinion.pk},
        strange=lambda world: {**action(world), "request_id": world.foreign.opinion.pk},
        missing=lambda world: {**action(world), "request_id": UUID},
        body=form(stance="favourable", token=TOKEN),
        note="who is consulted answers, whatever they may change",
    ),
    Row(
        "checklist_opinion_withdraw",
        get={302: READERS, 404: {PURCHASING}},
        post={302: ONLY_LEAD, 404: {PURCHASING}},
        place=lambda world: {**action(world), "request_id": world.own.opinion.pk},
        strange=lambda world: {**action(world), "request_id": world.foreign.opinion.pk},
        missing=lambda world: {**action(world), "request_id": UUID},
    ),
    Row(
        "checklist_comment",
        get={302: READERS - {OBSERVER}, 404: {PURCHASING}},
        post={302: READERS - {OBSERVER}, 404: {PURCHASING}},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=form(text="Bonjour", token=TOKEN),
    ),
    Row("checklist_raci", get={200: READERS | {PURCHASING}}, post={405: READERS | {PURCHASING}}),
    Row(
        "checklist_raci_action",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=form(held=["project_lead-R", "comop-A"], expected=["project_lead-R"]),
    ),
    Row(
        "checklist_handled",
        get={405: READERS - {OBSERVER}, 404: {PURCHASING}},
        post={302: ONLY_LEAD, 404: {PURCHASING}},
        place=lambda world: {**action(world), "comment_id": world.own.comment.pk},
        strange=lambda world: {**action(world), "comment_id": world.foreign.comment.pk},
        missing=lambda world: {**action(world), "comment_id": UUID},
    ),
    Row(
        "checklist_action_documents",
        get={302: READERS - {OBSERVER}, 404: {PURCHASING}},
        post={302: READERS - {OBSERVER}, 404: {PURCHASING}},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=form(link="https://exemple.fr/note", token=TOKEN),
    ),
    Row(
        "checklist_action_document",
        get={200: READERS, 404: {PURCHASING}},
        post={405: READERS, 404: {PURCHASING}},
        place=lambda world: {**action(world), "document_id": world.own.document.pk},
        strange=lambda world: {**action(world), "document_id": world.foreign.document.pk},
        missing=lambda world: {**action(world), "document_id": UUID},
    ),
    Row(
        "checklist_action_document_remove",
        get={405: READERS - {OBSERVER}, 404: {PURCHASING}},
        post={302: ONLY_LEAD, 404: {PURCHASING}},
        place=lambda world: {**action(world), "document_id": world.own.document.pk},
        strange=lambda world: {**action(world), "document_id": world.foreign.document.pk},
        missing=lambda world: {**action(world), "document_id": UUID},
    ),
    Row("checklist_board", get={200: READERS | {PURCHASING}}, post={405: READERS | {PURCHASING}}),
    Row(
        "checklist_board_status",
        get={405: ACTING - {PURCHASING}, 404: {PURCHASING}},
        post={302: ONLY_LEAD, 404: {PURCHASING}},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=lambda world: {"status": "ok", "version": action_version(world)},
    ),
    Row("checklist_calendar", get={200: READERS | {PURCHASING}}, post={405: READERS | {PURCHASING}}),
    Row(
        "checklist_deposit",
        get={200: {LEAD, COSTRAT}},  # 1.1: the COSTRAT is Responsable of 1.1.1
        post={302: {LEAD, COSTRAT}},
        place=lambda world: {"deliverable_id": world.own.deliverable.pk},
        strange=lambda world: {"deliverable_id": world.foreign.deliverable.pk},
        missing=lambda world: {"deliverable_id": UUID},
        body=form(kind="waiver", reason="Fait ailleurs", token=TOKEN),
    ),
    Row(
        "checklist_document",
        get={200: READERS},
        post={405: READERS},
        place=lambda world: {"deliverable_id": world.own.deliverable.pk, "deposit_id": world.own.deposit.pk},
        strange=lambda world: {"deliverable_id": world.own.deliverable.pk, "deposit_id": world.foreign.deposit.pk},
        missing=lambda world: {"deliverable_id": world.own.deliverable.pk, "deposit_id": UUID},
    ),
]


def own_action(world: World) -> dict[str, Any]:
    """An action of the project's own."""
    return _of_its_own(world, "1.1.P1")


def retired_action(world: World) -> dict[str, Any]:
    """One that was retired."""
    return _of_its_own(world, "1.1.P2", retired_at=timezone.now())


def _of_its_own(world: World, number: str, **values: Any) -> dict[str, Any]:
    with elevated():
        place = {"project": world.project, "group": world.own.action.group, "number": number}
        Action.objects.get_or_create(**place, defaults={"label": "Une action", "position": 900, "own": True, **values})
    return {"number": number}


def snapshot(tenant: Tenant) -> Snapshot:
    """How the checklist is, kept as if a merge had followed."""
    with elevated():
        version, tree = latest("checklist"), to_json(read_structure(tenant.project))
        content, lead = {"before": tree, "after": tree}, tenant.people[Role.PROJECT_LEAD]
        values = {"after": version, "content": content, "taken_by": lead}
        return Snapshot.objects.get_or_create(project=tenant.project, before=version, defaults=values)[0]


def fingerprint_of(kept: Snapshot) -> str:
    with elevated():
        return plan_of_restoring(kept).fingerprint


PLANNING_ROWS = [
    Row(
        "checklist_dates",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=lambda world: {"action": f"{LEADS_ACTION}|{action_version(world)}||"},
    ),
    Row("checklist_dates_undo", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}),
    Row(
        "checklist_take_dates",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=lambda world: {"action": f"{LEADS_ACTION}|{action_version(world)}||"},
    ),
    Row("checklist_versions", get={200: ONLY_LEAD}, post={302: ONLY_LEAD}),
    Row(
        "checklist_restore",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"snapshot_id": snapshot(world.own).pk},
        strange=lambda world: {"snapshot_id": snapshot(world.foreign).pk},
        missing=form(snapshot_id=UUID),
        body=lambda world: {"seen": fingerprint_of(snapshot(world.own))},
    ),
    Row("checklist_own", get={200: READERS}, post={405: READERS}),
    Row(
        "checklist_own_add",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=form(group="1.1"),
        missing=form(group="9.9"),
        body=form(label="Former la nuit", after="premier", token=TOKEN),
    ),
    Row(
        "checklist_own_edit",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=own_action,
        strange=strange_action,
        missing=missing_action,
        body=form(label="Former le jour", version=1),
    ),
    *(
        Row(
            name,
            get={405: ONLY_LEAD},
            post={302: ONLY_LEAD},
            place=place,
            strange=strange_action,
            missing=missing_action,
            body=form(version=1, vers="haut"),
        )
        for name, place in (
            ("checklist_own_move", own_action),
            ("checklist_own_retire", own_action),
            ("checklist_own_restore", retired_action),
        )
    ),
]

REPORT_ROWS = [
    Row("reports", get={200: REPORT_READERS | {COMOP}}, post={405: REPORT_READERS | {COMOP}}),
    Row(
        "report_ask",
        get={200: {LEAD, COSTRAT}},
        post={302: {LEAD, COSTRAT}},
        place=lambda world: {"document": "arbitrages-costrat"},
        missing=lambda world: {"document": "rien-de-tel"},
        body=lambda world: {
            "meeting": world.own.governance.meeting.pk,
            "period": world.project.started_on.isoformat(),
            "sections": ["alerts"],
            "token": TOKEN,
        },
    ),
    Row("report_verify", get={200: MEMBERS}, post={422: MEMBERS}),  # whoever takes part may hold a document
    # Of the COSTRAT: who reads other documents only isn't told of it.
    Row(
        "report",
        get={200: REPORT_READERS, 404: {COMOP, PURCHASING}},
        post={405: REPORT_READERS, 404: {COMOP, PURCHASING}},
        place=lambda world: {"number": 1},
        strange=lambda world: {"number": 44},
        missing=lambda world: {"number": 99},
    ),
    Row(
        "report_retry",
        get={405: {LEAD, COSTRAT}},
        post={302: {LEAD, COSTRAT}},
        place=lambda world: {"number": 3},
        strange=lambda world: {"number": 44},
        missing=lambda world: {"number": 99},
    ),
    Row(
        "report_download",
        get={200: REPORT_READERS, 404: {COMOP, PURCHASING}},
        post={405: REPORT_READERS, 404: {COMOP, PURCHASING}},
        place=lambda world: {"number": 1},
        strange=lambda world: {"number": 44},
        missing=lambda world: {"number": 99},
    ),
]


def structure(slug: str, **more: str) -> Values:
    return lambda world: {"esms_slug": slug, **more}


INSIDERS = frozenset({LEAD, OG_DIRECTOR, ESMS_DIRECTOR, REFERENT})  # of the structure « foyer »

STRUCTURE_ROWS = [
    Row("structures", get={200: MEMBERS}, post={405: MEMBERS}),
    Row(
        "structure",
        get={200: INSIDERS},
        post={405: INSIDERS},
        otherwise=404,
        place=structure("foyer"),
        strange=structure("ailleurs-seulement"),
        missing=structure("absente"),
    ),
    Row(
        "structure",
        get={200: {LEAD, OG_DIRECTOR}},
        post={405: {LEAD, OG_DIRECTOR}},
        otherwise=404,
        place=structure("atelier"),
        note="another structure of the same OG",
    ),
    Row(
        "structure",
        get={200: {LEAD, RIVAL_DIRECTOR}},
        post={405: {LEAD, RIVAL_DIRECTOR}},
        otherwise=404,
        place=structure("foyer-aval"),
        note="a structure of the other OG",
    ),
    Row(
        "structure_team",
        get={200: INSIDERS},
        post={405: INSIDERS},
        otherwise=404,
        place=structure("foyer"),
        strange=structure("ailleurs-seulement"),
        missing=structure("absente"),
    ),
    Row(
        "esms_field",
        get={405: ONLY_LEAD, 403: INSIDERS - {LEAD}},
        post={302: ONLY_LEAD, 403: INSIDERS - {LEAD}},
        otherwise=404,
        place=structure("foyer", field="city"),
        strange=structure("ailleurs-seulement", field="city"),
        missing=structure("absente", field="city"),
        body=form(city="Brest", version=1),
    ),
    Row(
        "profile_field",
        get={405: {LEAD, ESMS_DIRECTOR}, 403: {OG_DIRECTOR, REFERENT}},
        post={302: {LEAD, ESMS_DIRECTOR}, 403: {OG_DIRECTOR, REFERENT}},
        otherwise=404,
        place=structure("foyer", field="capacity"),
        strange=structure("ailleurs-seulement", field="capacity"),
        missing=structure("absente", field="capacity"),
        body=form(capacity=12, version=1),
    ),
    Row(
        "profile_field",
        get={405: ONLY_LEAD, 403: {RIVAL_DIRECTOR}},
        post={302: ONLY_LEAD, 403: {RIVAL_DIRECTOR}},
        otherwise=404,
        place=structure("foyer-aval", field="capacity"),
        body=form(capacity=12, version=1),
        note="a structure of the other OG",
    ),
]

PEOPLE_ROWS = [
    Row("people", get={200: MEMBERS}, post={405: MEMBERS}),
    Row("people_review", get={405: ONLY_LEAD}, post={302: ONLY_LEAD}),
    Row("people_export", get={200: MEMBERS}, post={405: MEMBERS}),
    Row(
        "invite",
        get={200: TEAM_DIRECTORS | {RIVAL_DIRECTOR}},
        post={302: {LEAD, OG_DIRECTOR, ESMS_DIRECTOR}, 422: {RIVAL_DIRECTOR}},
        body=lambda world: {
            "email": "nouvelle@exemple.fr",
            "role": Role.LOCAL_REFERENT.value,
            "where": f"esms:{world.own.structures[0].pk}",
        },
        note="the structure is not one of the rival's to give",
    ),
    Row(
        "membership_end",
        get={200: TEAM_DIRECTORS, 403: {REFERENT}},
        post={302: TEAM_DIRECTORS, 403: {REFERENT}},
        otherwise=404,
        place=lambda world: {"membership_id": world.memberships["referent"]},
        strange=lambda world: {"membership_id": world.memberships["foreign"]},
        missing=lambda world: {"membership_id": UUID},
        note="a local team is known to its structure alone",
    ),
    Row(
        "membership_end",
        get={200: {LEAD, RIVAL_DIRECTOR}},
        post={302: {LEAD, RIVAL_DIRECTOR}},
        otherwise=404,
        place=lambda world: {"membership_id": world.memberships["rival_referent"]},
        note="in a structure of the other OG",
    ),
    Row(
        "membership_end",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"membership_id": world.memberships["dpo"]},
        note="an office of the project: known to all, ended by the lead",
    ),
    *(
        Row(
            name,
            get={405: TEAM_DIRECTORS, 403: {REFERENT}},
            post={302: TEAM_DIRECTORS, 403: {REFERENT}},
            otherwise=404,
            place=lambda world: {"invitation_id": world.memberships["invitation"]},
            strange=lambda world: {"invitation_id": world.foreign.invitation.pk},
            missing=lambda world: {"invitation_id": UUID},
        )
        for name in ("invitation_revoke", "invitation_resend")
    ),
]

SETTINGS_ROWS = [
    Row("project", get={200: MEMBERS}, post={405: MEMBERS}),
    Row("project_settings", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
    Row(
        "project_field",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=form(field="summary"),
        missing=form(field="slug"),
        body=lambda world: {"summary": "Un résumé", "version": world.project.version},
    ),
    Row("project_phases", get={200: ONLY_LEAD}, post={405: ONLY_LEAD}),
    Row(
        "period_field",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=form(phase="framing", field="planned_start"),
        missing=form(phase="absente", field="planned_start"),
        body=form(planned_start="2026-03-02", version=1),
    ),
    Row(
        "og_add",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=form(name="OG Nouveau", short_name="Nouveau"),
    ),
    Row(
        "og_edit",
        get={200: ONLY_LEAD},
        post={405: ONLY_LEAD},
        place=lambda world: {"og_id": world.own.ogs[0].pk},
        strange=lambda world: {"og_id": world.foreign.ogs[0].pk},
        missing=form(og_id=UUID),
    ),
    Row(
        "og_field",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=lambda world: {"og_id": world.own.ogs[0].pk, "field": "city"},
        strange=lambda world: {"og_id": world.foreign.ogs[0].pk, "field": "city"},
        missing=form(og_id=UUID, field="city"),
        body=form(city="Brest", version=1),
    ),
    Row(
        "esms_add",
        get={200: ONLY_LEAD},
        post={302: ONLY_LEAD},
        body=lambda world: {"og": world.own.ogs[0].pk, "name": "Nouvelle structure", "category": "500"},
    ),
]


def decided_action(world: World) -> dict[str, Any]:
    """One that the COSTRAT decides."""
    return {"number": "2.1.3"}


GOVERNED_ROWS = [
    Row(
        "checklist_undo",
        get={405: ACTING - {PURCHASING}, 404: {PURCHASING}},
        post={409: ONLY_LEAD, 404: {PURCHASING}},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=lambda world: {"version": action_version(world)},
        note="who may change it, but nobody made the latest change",
    ),
    Row(
        "checklist_decide",
        get={405: ONLY_LEAD},
        post={302: ONLY_LEAD},
        place=decided_action,
        strange=strange_action,
        missing=missing_action,
        body=decision_made(version=1),
    ),
    *(
        Row(
            name,
            get={405: ONLY_LEAD},
            post={302: ONLY_LEAD},
            place=decided_action,
            strange=strange_action,
            missing=missing_action,
        )
        for name in ("checklist_agenda", "checklist_agenda_withdraw")
    ),
    Row(
        "checklist_alert",
        get={200: {LEAD, COSTRAT, COMOP}},
        post={302: {LEAD, COSTRAT, COMOP}},
        place=action,
        strange=strange_action,
        missing=missing_action,
        body=form(severity="critical", text="Le juriste manque.", token=TOKEN),
    ),
]

ROWS: list[Row] = [
    *governance.ROWS,
    *structures.ROWS,
    *risks.ROWS,
    *indicators.ROWS,
    *GOVERNED_ROWS,
    *CHECKLIST_ROWS,
    *PLANNING_ROWS,
    *REPORT_ROWS,
    *STRUCTURE_ROWS,
    *PEOPLE_ROWS,
    *SETTINGS_ROWS,
]

OPEN_ROWS: list[OpenRow] = [
    OpenRow("home", 302, 200, 302, 405),
    # Public pages
    OpenRow("help", 200, 200, 405, 405),
    OpenRow("accessibility", 200, 200, 405, 405),
    OpenRow("personal_data", 200, 200, 405, 405),
    OpenRow(
        "invitation",
        200,
        200,
        422,
        422,
        place=lambda world: {"token": world.own.invitation.token},
        tells="deux rives",
        welcomes=INVITED,
    ),
    OpenRow("invitation", 404, 404, 404, 404, place=form(token="forged")),
    OpenRow("demo_signin", 404, 404, 404, 404),
    OpenRow("calendar_feed", 404, 404, 405, 405, place=form(token="forged")),
    # What software sends figures to: a key says who sends, a session says nothing
    OpenRow("indicator_push", 405, 405, 401, 401),
    OpenRow("indicator_push_openapi", 200, 200, 405, 405),
    OpenRow("indicator_push_guide", 200, 200, 405, 405),
    # One's own account
    OpenRow("calendar", 302, 200, 302, 200),
    OpenRow("calendar_revoke", 302, 405, 302, 302),
    OpenRow("account", 302, 200, 302, 422),
    OpenRow("account_login", 200, 302, 200, 302),
    OpenRow("account_logout", 302, 200, 302, 302),
    OpenRow("account_signup", 200, 302, 200, 302),
    OpenRow("account_inactive", 200, 200, 405, 405),
    OpenRow("account_reauthenticate", 302, 200, 302, 200),
    OpenRow("account_change_password", 302, 200, 302, 200),
    OpenRow("account_set_password", 302, 302, 302, 302),
    OpenRow("account_reset_password", 200, 200, 200, 200),
    OpenRow("account_reset_password_done", 200, 200, 405, 405),
    OpenRow("account_reset_password_from_key_done", 200, 200, 405, 405),
    OpenRow("account_reset_password_from_key", 200, 200, 200, 200, place=form(uidb36="1", key="forged")),
    OpenRow("mfa_login_webauthn", 302, 302, 302, 302),
    OpenRow("mfa_authenticate", 302, 302, 302, 302),
    OpenRow("mfa_reauthenticate", 302, 302, 302, 302),
    OpenRow("mfa_reauthenticate_webauthn", 302, 302, 302, 302),
    OpenRow("mfa_index", 302, 200, 302, 405),
    OpenRow("mfa_activate_totp", 302, 302, 302, 302),
    OpenRow("mfa_deactivate_totp", 302, 404, 302, 404),
    OpenRow("mfa_view_recovery_codes", 302, 302, 302, 302),
    OpenRow("mfa_download_recovery_codes", 302, 302, 302, 302),
    OpenRow("mfa_generate_recovery_codes", 302, 302, 302, 302),
    OpenRow("mfa_list_webauthn", 302, 200, 302, 405),
    OpenRow("mfa_add_webauthn", 302, 302, 302, 302),
    OpenRow("mfa_edit_webauthn", 302, 302, 302, 302, place=form(pk=1)),
    OpenRow("mfa_remove_webauthn", 302, 302, 302, 302, place=form(pk=1)),
]
