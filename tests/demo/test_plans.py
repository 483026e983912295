"""What plans of an invented borough say: whole enough to show, with faults to find, the same."""

from __future__ import annotations

from datetime import date

from caseworker_app.demo import invent_borough
from caseworker_app.demo import plans as invented
from caseworker_app.demo.filling_plans import add_plans
from caseworker_app.domain.plan_thread import faults_of, plan_tree, thread_of
from caseworker_app.services.plans.costs import council_costs
from caseworker_app.services.plans.vague_words import vague_words
from caseworker_app.services.session import Session
from tests.support.stores import TODAY


def test_every_primary_need_has_something_to_say() -> None:
    says = invented.load_says()
    for need in ("ASD", "SLCN", "SEMH", "MLD", "SPLD", "PD", "HI", "VI", "PMLD"):
        plan = invented.Drawn("1", f"TH-{need}", need, date(2026, 1, 5))
        drawn = invented.strands(plan, says)
        assert drawn
        assert drawn == invented.strands(plan, says)
        words = [one.outcome["words"] for one in drawn]
        assert len(words) == len(set(words))


def test_plans_have_threads_with_faults_to_find_costs_and_judgements(file_session: Session) -> None:
    file_session.apply_import(invent_borough(TODAY, 24, 7).incoming)
    add_plans(file_session, None)
    rows = [row for row in file_session.cases() if row.status == "live"]
    threads = {
        row.id: thread_of(one.record for _, one in file_session.belonging(row.id)) for row in rows
    }
    told = [one for one in threads.values() if not one.is_empty]
    assert len(rows) * 0.3 < len(told) < len(rows)
    faults = [
        fault.code for one in told for _, fault in faults_of(plan_tree(one, TODAY, vague_words()))
    ]
    assert {"vague", "provision_no_cost", "smart_missing"} <= set(faults)
    whole = [one for one in told if len(faults_of(plan_tree(one, TODAY, vague_words()))) < 4]
    assert whole
    assert any(one.judgements for one in told)
    sorts = {one.sort for one in council_costs(file_session).costs}
    assert {"provision", "top_up"} <= sorts
