"""The shipped hip hinge over weeks of random sessions: what must hold whatever happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.coach.plan import PlannedDrill, SessionPlan
from voicecoach.drills.equipment import Equipment, Trainee, read_equipment
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.load import load_programme
from voicecoach.errors import CoachError
from voicecoach.journal.decision import AFTER_PAIN
from voicecoach.journal.outings import outings
from voicecoach.journal.progress import plan_session
from voicecoach.journal.session import Moved, Pain, Session, SetDone, Turned
from voicecoach.journal.target import axis_of
from voicecoach.words.meaning import Quantity

HINGE, _, DRILLS = load_programme("hip hinge", Library([Path(shipped_scripts())]))
RUNGS = HINGE.ladder
FIRST = date(2026, 1, 5)
SAFETY_WORDS = ("hurt", "stop", "ouch", "my back", "numb", "weak", "dizzy", "sharp pain", "i have pain")

equipments = st.sampled_from(
    [
        Equipment(),
        Equipment(unit="kg"),
        read_equipment(kettlebells="none", unit="kg"),
        read_equipment(kettlebells="8 12 16 24 32 kg"),
        read_equipment(kettlebells="16 kg", bar="20 kg", plates="20 10 5 2.5 1.25 kg"),
        read_equipment(dumbbells="5 to 50 by 5 lb", bar="45 lb", plates="45 25 10 10 5 lb"),
        read_equipment(kettlebells="35 lb", bar="20 kg", plates="10 kg", without="wall"),
    ]
)
happenings = st.sampled_from(
    ["clean", "clean", "clean", "missed", "pain", "lighter", "too easy", "too hard", "cut short", "tired", "own weight"]
)
stories = st.lists(st.tuples(st.integers(1, 25), st.sampled_from(RUNGS), happenings), min_size=1, max_size=14)


class Life:
    """A trainee who does what the plan says, except where the story has something else happen."""

    def __init__(self, trainee: Trainee) -> None:
        self.trainee = trainee
        self.sessions: list[Session] = []
        self.day = FIRST

    def plan(self) -> SessionPlan:
        return plan_session(HINGE, DRILLS, self.sessions, self.day, trainee=self.trainee)

    def live(self, plan: SessionPlan, drill: str, what: str) -> None:  # noqa: C901 - one branch a happening
        start = datetime.combine(self.day, time(12), UTC)
        sets: list[SetDone] = []
        pains: list[Pain] = []
        moves: list[Moved] = []
        turned: list[Turned] = []
        planned_drills = [*plan.drills]
        here = drill if any(p.drill.name == drill for p in planned_drills) else planned_drills[-1].drill.name
        for planned in planned_drills:
            own = what if planned.drill.name == here else "clean"
            for number in range(1, planned.sets + 1):
                when = start + timedelta(minutes=len(sets) + 1)
                done = _set(planned, number, when)
                name = planned.drill.name
                if own == "missed" and number == 2:
                    done = replace(done, reps=done.reps - 1)
                if own == "own weight" and done.weight is not None:
                    done = replace(done, weight=Quantity(37.0, done.weight.unit))
                if own in {"pain", "lighter"} and number == 1:
                    done = replace(done, reps=2, pain=True)
                    pains.append(Pain(f"p{when}", when, "back", name, number, 2))
                if own == "cut short" and number == 2:
                    break
                sets.append(done)
                if own == "pain":
                    break
                if own in {"too easy", "too hard"} and number == 3 and planned.weight is not None and planned.steps:
                    step = planned.steps.up if own == "too easy" else planned.steps.down
                    value = Quantity(step(planned.weight.value), planned.weight.unit)
                    turned.append(Turned(f"t{when}", when, name, "weight", value, planned.weight.value, own))
            if own == "pain":
                easier = DRILLS[here].pain.go_to
                if easier in plan.spare:
                    moves.append(Moved(sets[-1].t, here, easier, "pain"))
                break
            if own == "cut short":
                break
        name = f"s{len(self.sessions)}"
        self.sessions.append(
            Session(
                name, (name,), HINGE.name, tuple(p.drill.name for p in planned_drills), start,
                sets[-1].t if sets else start, "finished", tuple(sets), tuple(pains), tuple(turned), tuple(moves),
                checked_in="tired" if what == "tired" else "ready",
            )
        )  # fmt: skip


def _set(planned: PlannedDrill, number: int, when: datetime) -> SetDone:
    return SetDone(
        f"{when}", when, planned.drill.name, number, planned.sets, planned.reps, planned.reps, planned.weight,
        dials=planned.dials,
    )  # fmt: skip


def top_of(plan: SessionPlan) -> int:
    return max(RUNGS.index(planned.drill.name) for planned in plan.drills)


def days_of(story, equipment, *, man=False):
    """Each day's plan, made before what happens on it, with the sessions until then."""
    life = Life(Trainee(equipment, man))
    for days, drill, what in story:
        plan = life.plan()
        yield life, plan
        life.live(plan, drill, what)
        life.day += timedelta(days=days)
    yield life, life.plan()


@settings(max_examples=60, deadline=None)
@given(story=stories, equipment=equipments)
def test_no_load_is_planned_that_cannot_be_made(story, equipment):
    for _, plan in days_of(story, equipment):
        for planned in plan.drills:
            racked = equipment.rack(planned.drill)
            if racked is not None:
                assert planned.weight is not None
                assert planned.weight.unit == racked[1].unit
                assert planned.weight.value in racked[1].loads
                if racked[0] == "barbell":
                    assert equipment.each_side(planned.weight) is not None
            assert not equipment.missing(planned.drill)


@settings(max_examples=60, deadline=None)
@given(story=stories, equipment=equipments)
def test_after_pain_nothing_is_planned_heavier_than_was_done_until_two_clean_sessions(story, equipment):
    for life, plan in days_of(story, equipment):
        for planned in plan.drills:
            done = outings(planned.drill.name, life.sessions)
            hurt = max((n for n, out in enumerate(done) if out.pained), default=None)
            if hurt is None or sum(out.clean for out in done[hurt + 1 :]) >= AFTER_PAIN:
                continue
            assert planned.after_pain
            since = [one for out in done[hurt:] for one in out.sets]
            if planned.weight is not None:
                assert planned.weight.value <= max(one.weight.value for one in since if one.weight), planned.why
            for name, dial in planned.dials.items():
                assert dial.value <= max(one.dials[name].value for one in since), planned.why


@settings(max_examples=60, deadline=None)
@given(story=stories, equipment=equipments)
def test_no_rung_is_skipped_on_the_way_up_and_each_new_one_says_why(story, equipment):
    before = None
    for life, plan in days_of(story, equipment):
        top = top_of(plan)
        possible = [name for name in RUNGS if not equipment.missing(DRILLS[name])]
        if before is not None and top > before:
            assert possible.index(RUNGS[top]) == possible.index(RUNGS[before]) + 1
        drill = next(p for p in plan.drills if p.drill.name == RUNGS[top])
        if before is not None and top > before and not outings(RUNGS[top], life.sessions):
            below = possible[possible.index(RUNGS[top]) - 1]
            assert sum(out.clean for out in outings(below, life.sessions)) >= HINGE.clean_sessions
            assert "joins today" in drill.why
        if before is not None and top < before and outings(RUNGS[before], life.sessions):
            assert "instead of" in drill.why or "because there was pain" in drill.why, plan.left_out
        before = top


@settings(max_examples=100, deadline=None)
@given(story=stories, equipment=equipments, away=st.integers(14, 500), pause=st.integers(1, 6))
def test_after_a_long_absence_no_target_is_harder_than_before_it(story, equipment, away, pause):
    *_, (life, before) = days_of(story[:-1], equipment)
    life.live(before, story[-1][1], story[-1][2])
    life.day += timedelta(days=away)
    back = life.plan()
    assert {p.drill.name for p in back.drills} <= {p.drill.name for p in before.drills}
    assert back.phase == before.phase
    for planned in back.drills:
        assert_no_harder(planned, life)
    life.live(back, "wall tap", "clean")
    life.day += timedelta(days=pause)
    again = life.plan()
    known = frozenset().union(*(session.touched for session in life.sessions))
    assert {p.drill.name for p in again.drills} <= known, "one clean session is not enough for a new rung"
    for planned in again.drills:
        assert_no_harder(planned, life)


def assert_no_harder(planned, life):
    """What gets harder in a drill stands where it stood in the last session with it, or is easier."""
    done = outings(planned.drill.name, life.sessions)
    axis, direction = axis_of(planned.drill)
    used = done[-1].did(axis) if done else None
    if used is not None:
        now = planned.weight if axis == "weight" else planned.dials[axis]
        assert (now.value - used.value) * direction <= 0, planned.why


@settings(max_examples=60, deadline=None)
@given(story=stories, equipment=equipments)
def test_phases_only_go_forwards_and_every_drill_is_there_or_its_absence_explained(story, equipment):
    names = ["unlearning", "connection", "progression", "mastery"]
    reached = 0
    for _, plan in days_of(story, equipment):
        assert reached <= names.index(plan.phase) <= reached + 1
        reached = names.index(plan.phase)
        there = {planned.drill.name for planned in plan.drills}
        assert there | {one.drill for one in plan.left_out} == set(RUNGS)
        assert not there & {one.drill for one in plan.left_out}
        for sentence in (*(p.why for p in plan.drills), *(one.why for one in plan.left_out), *plan.opening):
            assert not any(word in sentence.lower() for word in SAFETY_WORDS)


@settings(max_examples=30, deadline=None)
@given(story=stories, equipment=equipments)
def test_the_same_journal_gives_the_same_plan(story, equipment):
    for life, plan in days_of(story, equipment):
        assert life.plan() == plan


def test_with_nothing_to_train_with_the_trainee_is_told_what_is_missing():
    nothing = read_equipment(kettlebells="none", without="wall, broomstick")
    with pytest.raises(CoachError, match="no wall") as told:
        plan_session(HINGE, DRILLS, (), FIRST, trainee=Trainee(nothing))
    assert "voicecoach equipment" in told.value.hint


def weights_of(drill, *, equipment=None, man=False, weeks=10, unit=None):
    """Targets of a drill by phase, for somebody who trains twice a week and never misses."""
    life = Life(Trainee(equipment or Equipment(unit=unit), man))
    found: dict[str, list[float]] = {}
    for week in range(weeks):
        for day in (0, 3):
            life.day = FIRST + timedelta(days=7 * week + day)
            plan = life.plan()
            for planned in plan.drills:
                if planned.drill.name == drill and planned.weight is not None:
                    assert unit in {None, planned.weight.unit}
                    found.setdefault(plan.phase, []).append(planned.weight.value)
            life.live(plan, drill, "clean")
    return found


@pytest.mark.parametrize(
    ("unit", "man", "first", "most"),
    [("lb", False, 45, 65), ("lb", True, 45, 95), ("kg", False, 20, 30), ("kg", True, 20, 42.5)],
)
def test_the_bar_begins_empty_in_connection_and_goes_no_further_than_the_phase(unit, man, first, most):
    loads = weights_of("deadlift", unit=unit, man=man)
    assert "unlearning" not in loads
    assert loads["connection"][0] == first
    assert max(loads["connection"]) <= most
    assert max(loads["progression"]) > max(loads["connection"])
    steps = {"lb": 5, "kg": 2.5}[unit]
    assert all(load % steps == 0 for phase in loads.values() for load in phase), "numbers that stand on plates"


@pytest.mark.parametrize(("unit", "most"), [("lb", 10), ("kg", 5)])
def test_in_progression_a_week_brings_no_more_than_the_programme_says(unit, most):
    loads = weights_of("deadlift", unit=unit)["progression"]
    assert all(later - earlier <= most for earlier, later in zip(loads, loads[2:], strict=False))
    assert loads[-1] > loads[0]


def test_while_unlearning_the_load_stays_however_clean_it_is():
    assert len(set(weights_of("RDL", unit="lb")["unlearning"])) == 1


def test_a_big_jump_between_two_kettlebells_takes_twice_the_clean_sessions():
    loads = weights_of("RDL", equipment=read_equipment(kettlebells="12 16 24 48 kg"))
    in_order = [load for phase in loads.values() for load in phase]
    assert in_order[:4] == [12] * 4, "four clean sessions, where a step of the script's takes two"
    assert set(in_order) <= {12, 16, 24}, "and 48 after 24 is too far"


def test_somebody_with_kilos_and_a_broomstick_alone_gets_a_plan_that_goes_on():
    life = Life(Trainee(read_equipment(kettlebells="none", unit="kg")))
    depths = []
    for week in range(8):
        life.day = FIRST + timedelta(days=7 * week)
        plan = life.plan()
        assert [planned.drill.name for planned in plan.drills] == ["wall tap", "dowel hinge"]
        assert {one.drill: one.why for one in plan.left_out} == {
            "RDL": "The RDL is left out, because there is no kettlebell, no dumbbells and no barbell.",
            "deadlift": "The deadlift is left out, because there is no barbell.",
        }
        depths.append(plan.drills[1].dials["depth"].value)
        life.live(plan, "wall tap", "clean")
    assert depths == [50, 50, 60, 60, 70, 70, 80, 80]
    assert plan.phase in {"progression", "mastery"}


def test_who_changes_to_kilos_gets_centimetres_and_goes_on_where_they_were():
    life = Life(Trainee(Equipment(unit="lb")))
    for day in (0, 3, 7, 10):
        life.day = FIRST + timedelta(days=day)
        plan = life.plan()
        life.live(plan, "wall tap", "clean")
    assert plan.drills[0].dials["distance"] == Quantity(8.0, "in")
    life.trainee = Trainee(Equipment(unit="kg"))
    life.day += timedelta(days=3)
    wall, _, rdl, deadlift = life.plan().drills
    assert wall.dials["distance"] == Quantity(22.0, "cm"), "a step on from 8 inches, which are 20 centimetres"
    assert (rdl.weight.unit, deadlift.weight.unit) == ("kg", "kg")
    assert rdl.weight.value % 2.5 == 0


def test_a_week_that_is_missed_steps_weights_and_dials_back():
    life = Life(Trainee(Equipment(unit="lb")))
    for day in (0, 3, 7, 10, 14, 17):
        life.day = FIRST + timedelta(days=day)
        plan = life.plan()
        life.live(plan, "wall tap", "clean")
    life.day += timedelta(days=14)
    back = life.plan()
    for before, after in zip(plan.drills, back.drills, strict=True):
        assert after.why.endswith(("because a week was missed.", "that is as far as this drill goes."))
        if before.weight is not None and after.weight is not None:
            assert after.weight.value <= before.weight.value
    assert back.drills[0].dials["distance"].value < plan.drills[0].dials["distance"].value
    assert back.drills[1].dials["depth"].value < plan.drills[1].dials["depth"].value


def test_after_ten_months_a_rung_and_a_phase_wait_for_two_clean_sessions_again():
    life = Life(Trainee(Equipment(unit="lb")))
    for day in (0, 3, 7, 10, 14, 17):
        life.day = FIRST + timedelta(days=day)
        plan = life.plan()
        life.live(plan, "dowel hinge", "missed" if day < 14 else "clean")
    assert (plan.phase, top_of(plan)) == ("unlearning", RUNGS.index("RDL"))
    for days, phase, waits, rdl in (
        (300, "unlearning", "needs two clean sessions of the dowel hinge", "because forty two weeks were missed."),
        (3, "unlearning", "needs two clean sessions of the dowel hinge", "only the form counts."),
        (3, "connection", "", "because last Saturday you did 3 sets of 12 at 15 without a miss."),
    ):
        life.day += timedelta(days=days)
        plan = life.plan()
        assert (plan.phase, plan.drills[2].drill.name) == (phase, "RDL")
        assert all(waits in one.why for one in plan.left_out)
        assert plan.drills[2].why.endswith(rdl)
        life.live(plan, "wall tap", "clean")
    assert plan.drills[3].why == "The deadlift joins today, because the RDL was clean twice in a row."


def test_a_rung_that_pain_took_away_is_not_back_on_the_first_day_after_an_absence():
    life = Life(Trainee(Equipment(unit="lb")))
    for day in range(0, 28, 3):
        life.day = FIRST + timedelta(days=day)
        life.live(life.plan(), "deadlift", "pain" if day == 21 else "clean")
    assert [len(session.touched) for session in life.sessions[-2:]] == [2, 2], "the dowel hinge is clean twice"
    for days, top in ((100, "dowel hinge"), (3, "RDL")):
        life.day += timedelta(days=days)
        plan = life.plan()
        assert RUNGS[top_of(plan)] == top
        assert "clean session" in plan.left_out[0].why
        life.live(plan, "wall tap", "clean")


def test_an_easy_day_in_between_is_no_missed_week():
    life = Life(Trainee(Equipment(unit="lb")))
    for day, what in ((0, "clean"), (3, "clean"), (10, "tired")):
        life.day = FIRST + timedelta(days=day)
        life.live(life.plan(), "wall tap", what)
    life.day += timedelta(days=6)
    assert life.plan().drills[0].dials["distance"] == Quantity(8.0, "in")


def test_somebody_who_has_only_a_bar_begins_with_the_empty_one():
    life = Life(Trainee(read_equipment(bar="45 lb", plates="45 25 10 5 2.5 lb")))
    rdl = life.plan().drills[-1]
    assert (rdl.drill.name, rdl.weight, rdl.loading) == ("RDL", Quantity(45, "lb"), "That is the empty bar.")


def test_a_drill_for_which_everything_is_too_heavy_waits_for_something_lighter():
    life = Life(Trainee(read_equipment(kettlebells="32 kg")))
    for week in range(6):
        life.day = FIRST + timedelta(days=7 * week)
        plan = life.plan()
        left_out = {one.drill: one.why for one in plan.left_out}
        assert left_out["RDL"] == (
            "The RDL is left out, because 32 kilos is too heavy to begin with and there is nothing lighter."
        )
        life.live(plan, "wall tap", "clean")
    assert plan.phase == "progression"
    alone = plan_session(replace(HINGE, drills=(DRILLS["RDL"],), ladder=(), phases=()), DRILLS, (), FIRST)
    assert alone.drills, "who asks for the drill itself gets it"


def test_what_a_later_phase_waits_for_is_said():
    life = Life(Trainee(Equipment()))
    for day in (0, 3, 7, 10):
        life.day = FIRST + timedelta(days=day)
        plan = life.plan()
        (deadlift,) = [one for one in plan.left_out if one.drill == "deadlift"]
        when = "in week 2 at the earliest" if day < 7 else "which needs two clean sessions of the dowel hinge"
        assert deadlift.why == f"The deadlift joins in the connection phase, {when}."
        life.live(plan, "dowel hinge", "missed")


def test_two_misses_of_a_drill_that_cannot_be_easier_lead_one_rung_down():
    life = Life(Trainee(read_equipment(kettlebells="16 kg")))
    for day, what in ((0, "clean"), (3, "missed"), (7, "missed")):
        life.day = FIRST + timedelta(days=day)
        life.live(life.plan(), "RDL", what)
    life.day += timedelta(days=3)
    plan = life.plan()
    assert [planned.drill.name for planned in plan.drills] == ["wall tap", "dowel hinge"]
    assert plan.drills[1].why == (
        "The dowel hinge instead of the RDL, because two sessions in a row were short of reps; "
        "two clean sessions bring it back."
    )
