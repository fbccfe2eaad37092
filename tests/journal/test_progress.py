from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.drills.model import Cues, Dial, Drill, Load, PainPlan, Programme, Response
from voicecoach.drills.scales import Scale
from voicecoach.drills.values import Tempo, Turn
from voicecoach.journal.fold import fold
from voicecoach.journal.forecast import forecast, rhythm
from voicecoach.journal.progress import plan_session
from voicecoach.journal.reasons import describe
from voicecoach.words.english import ENGLISH
from voicecoach.words.meaning import Quantity

TEMPO = Tempo(3, 1, 1, 0)
SAFETY_WORDS = ("hurt", "stop", "ouch", "my back", "numb", "weak", "dizzy", "sharp pain", "i have pain")


def load_drill(name="RDL", *, start=15.0, step=5.0, unit="lb", low=5.0, high=200.0, go_to="dowel hinge"):
    load = Load("What weight?", Quantity(start, unit), Quantity(step, unit), low, high)
    hears = {"too easy": Response(turn=Turn("weight", 1)), "too hard": Response(turn=Turn("weight", -1))}
    pain = PainPlan(lighter=0.2, go_to=go_to)
    return Drill(name, "Hinge.", (), 3, 12, TEMPO, 90, Cues(), load=load, hears=hears, pain=pain)


def dial_drill(name, dial, *, direction=1, turn_down=True, go_to=None, reps=10):
    hears = {"too easy": Response(turn=Turn(dial.name, direction))}
    pain = PainPlan(turn=Turn(dial.name, -direction) if turn_down else None, go_to=go_to)
    return Drill(name, "Hinge.", (), 3, reps, TEMPO, 45, Cues(), dials={dial.name: dial}, hears=hears, pain=pain)


WALL = dial_drill("wall tap", Dial("distance", Quantity(7.0, "in"), 1, 4, 16), reps=15)
DOWEL = dial_drill("dowel hinge", Dial("depth", Quantity(50.0, "%"), 10, 20, 100), go_to="wall tap")
RDL = load_drill()
DEADLIFT = load_drill("deadlift", start=45.0, low=45.0, high=600.0)
DRILLS = {drill.name: drill for drill in (WALL, DOWEL, RDL, DEADLIFT)}
HINGE = Programme("hip hinge", (WALL, DOWEL, RDL))
ONLY_RDL = Programme("RDL", (RDL,))


def rdl_after(diary, today, *, clean_sessions=2):
    programme = replace(ONLY_RDL, clean_sessions=clean_sessions)
    (planned,) = plan_session(programme, DRILLS, fold(diary.records), today).drills
    return planned


def three(**more):
    return [{"set": n, **more} for n in (1, 2, 3)]


def tuesdays(monday):
    return [monday + timedelta(days=1 + 7 * week) for week in range(8)]


def test_the_first_session_is_the_scripts_own():
    plan = plan_session(HINGE, DRILLS, (), date(2026, 11, 24))
    wall, dowel, rdl = plan.drills
    assert wall.dials == {"distance": Quantity(7.0, "in")}
    assert dowel.dials == {"depth": Quantity(50.0, "%")}
    assert rdl.weight == Quantity(15.0, "lb")
    assert [planned.why for planned in plan.drills] == ["", "", ""]
    assert [planned.last_time for planned in plan.drills] == ["", "", ""]
    assert plan.sessions_before == 0
    assert set(plan.spare) == {"dowel hinge", "wall tap"}


def test_two_clean_sessions_bring_the_next_weight_and_the_reason(diary, monday):
    first, second, *_ = tuesdays(monday)
    diary.session(first, three())
    once = rdl_after(diary, second.date())
    assert once.weight == Quantity(35.0, "lb")
    assert (
        once.why
        == "35 pounds again, because a week ago was clean and it takes one more clean session before it changes."
    )
    diary.session(second, three())
    planned = rdl_after(diary, second.date() + timedelta(days=6))
    assert planned.weight == Quantity(40.0, "lb")
    assert planned.last_weight == Quantity(35.0, "lb")
    assert planned.last_time == "Last Tuesday you did 3 sets of 12 at 35 pounds."
    assert planned.why == "40 pounds, because last Tuesday you did 3 sets of 12 at 35 without a miss."


def test_a_programme_may_ask_for_one_clean_session_only(diary, monday):
    diary.session(monday, three())
    assert rdl_after(diary, monday.date() + timedelta(days=3), clean_sessions=1).weight == Quantity(40.0, "lb")


def test_correcting_a_number_corrects_the_next_target(diary, monday):
    first, second, *_ = tuesdays(monday)
    diary.session(first, three())
    diary.session(second, three())
    for record in [r for r in diary.records if r["event"] == "set_done"]:
        diary.event(second, "edit", "correction", of=record["id"], weight=25, why="misheard")
    assert rdl_after(diary, second.date() + timedelta(days=6)).weight == Quantity(30.0, "lb")


def test_one_miss_keeps_the_weight_and_two_in_a_row_take_it_back(diary, monday):
    first, second, *_ = tuesdays(monday)
    diary.session(first, [*three()[:2], {"set": 3, "reps": 9}])
    once = rdl_after(diary, first.date() + timedelta(days=6))
    assert (once.weight, once.why) == (
        Quantity(35.0, "lb"),
        "35 pounds again, because last Tuesday one set was short of reps.",
    )
    assert once.last_time == "Last Tuesday you did sets of 12, 12 and 9 at 35 pounds."
    diary.session(second, [*three()[:2], {"set": 3, "reps": 9}])
    twice = rdl_after(diary, second.date() + timedelta(days=6))
    assert (twice.weight, twice.why) == (
        Quantity(30.0, "lb"),
        "30 pounds, because two sessions in a row were short of reps at 35.",
    )


def test_a_heavy_load_goes_back_by_a_tenth(diary, monday):
    for when in tuesdays(monday)[:2]:
        diary.session(when, three(weight=180, reps=10))
    assert rdl_after(diary, tuesdays(monday)[1].date() + timedelta(days=6)).weight == Quantity(160.0, "lb")


def test_a_day_with_pain_is_no_miss(diary, monday):
    first, second, third, *_ = tuesdays(monday)
    short = {"set": 3, "reps": 9}
    diary.session(first, [*three()[:2], short])
    diary.session(second, [{"set": 1, "reps": 4, "pain": True}, {"set": 2, "weight": 25}, {"set": 3, "weight": 25}])
    diary.session(third, [*three(weight=25)[:2], {**short, "weight": 25}])
    planned = rdl_after(diary, third.date() + timedelta(days=6))
    assert planned.why == "25 pounds again, because last Tuesday one set was short of reps."


def test_pain_that_got_better_with_less_makes_the_next_session_lighter(diary, monday):
    first, *_ = tuesdays(monday)
    diary.session(first, [{"set": 1}, {"set": 2, "reps": 5, "pain": True}, {"set": 3, "weight": 30}])
    planned = rdl_after(diary, first.date() + timedelta(days=6))
    assert planned.weight == Quantity(25.0, "lb")
    assert planned.why == "25 pounds, because there was pain at 35 last Tuesday."


def test_after_pain_it_takes_two_clean_sessions_however_few_are_asked_for(diary, monday):
    first, second, third, *_ = tuesdays(monday)
    diary.session(first, [{"set": 1}, {"set": 2, "reps": 5, "pain": True}, {"set": 3, "weight": 25}])
    diary.session(second, three(weight=25))
    assert rdl_after(diary, second.date() + timedelta(days=6), clean_sessions=1).weight == Quantity(25.0, "lb")
    diary.session(third, three(weight=25))
    assert rdl_after(diary, third.date() + timedelta(days=6), clean_sessions=1).weight == Quantity(30.0, "lb")


def pain_then_dowel(diary, when):
    moved = ("moved", {"from": "RDL", "to": "dowel hinge", "why": "pain"})
    hurt = {"set": 1, "reps": 5, "pain": True, "then": [moved]}
    diary.session(when, [hurt, *dowel_sets()], drills=("wall tap", "dowel hinge", "RDL"))


def dowel_sets(**more):
    dials = {"depth": {"value": 50, "unit": "%"}}
    return [
        {
            "drill": "dowel hinge",
            "set": n,
            "weight": None,
            "unit": None,
            "reps": 10,
            "target": 10,
            "dials": dials,
            **more,
        }
        for n in (1, 2, 3)
    ]


def test_pain_that_led_to_the_easier_drill_keeps_it_there_until_two_clean_sessions(diary, monday):
    first, second, third, *_ = tuesdays(monday)
    pain_then_dowel(diary, first)
    plan = plan_session(HINGE, DRILLS, fold(diary.records), first.date() + timedelta(days=3))
    assert [planned.drill.name for planned in plan.drills] == ["wall tap", "dowel hinge"]
    assert plan.drills[1].why == (
        "The dowel hinge instead of the RDL, because there was pain last Tuesday; two clean sessions bring it back."
    )
    diary.session(second, dowel_sets())
    plan = plan_session(HINGE, DRILLS, fold(diary.records), second.date() + timedelta(days=3))
    assert "one more clean session brings it back" in plan.drills[1].why
    diary.session(third, dowel_sets())
    plan = plan_session(HINGE, DRILLS, fold(diary.records), third.date() + timedelta(days=3))
    assert [planned.drill.name for planned in plan.drills] == ["wall tap", "dowel hinge", "RDL"]
    assert plan.drills[2].weight == Quantity(25.0, "lb")
    assert plan.drills[2].why == "25 pounds, because there was pain at 35 two weeks ago."


def test_what_is_further_up_the_same_ladder_waits_as_well(diary, monday):
    pain_then_dowel(diary, monday)
    both = Programme("hip hinge", (WALL, DOWEL, RDL, DEADLIFT))
    plan = plan_session(both, DRILLS, fold(diary.records), monday.date() + timedelta(days=3))
    assert [planned.drill.name for planned in plan.drills] == ["wall tap", "dowel hinge"]
    assert "instead of the RDL and the deadlift" in plan.drills[1].why
    assert plan.drills[1].why.endswith("bring them back.")


def test_pain_that_nobody_answered_leads_to_the_gentler_drill(diary, monday):
    diary.session(monday, [{"set": 1, "reps": 3, "pain": True}], how="stopped")
    planned = rdl_after(diary, monday.date() + timedelta(days=3))
    assert planned.drill.name == "dowel hinge"


def test_pain_in_the_easier_drill_leads_one_rung_further_down(diary, monday):
    first, second, *_ = tuesdays(monday)
    pain_then_dowel(diary, first)
    moved = ("moved", {"from": "dowel hinge", "to": "wall tap", "why": "pain"})
    diary.session(second, [{**dowel_sets()[0], "reps": 2, "pain": True, "then": [moved]}])
    plan = plan_session(HINGE, DRILLS, fold(diary.records), second.date() + timedelta(days=3))
    assert [planned.drill.name for planned in plan.drills] == ["wall tap"]


def test_pain_in_the_lowest_drill_turns_its_dial_down(diary, monday):
    dials = {"distance": {"value": 9, "unit": "in"}}
    diary.session(monday, [{**dowel_sets(dials=dials)[0], "drill": "wall tap", "reps": 3, "pain": True}])
    (planned,) = plan_session(Programme("w", (WALL,)), DRILLS, fold(diary.records), monday.date()).drills
    assert planned.dials == {"distance": Quantity(8.0, "in")}
    assert planned.why == "Distance 8 inches, because there was pain at 9 today."


def test_missed_weeks_take_a_step_back_each_but_not_below_the_start(diary, monday):
    diary.session(monday, three(weight=50))
    day = monday.date()
    assert rdl_after(diary, day + timedelta(days=13)).weight == Quantity(50.0, "lb")
    planned = rdl_after(diary, day + timedelta(days=21))
    assert (planned.weight, planned.why) == (
        Quantity(40.0, "lb"),
        "40 pounds, because two weeks were missed.",
    )
    assert rdl_after(diary, day + timedelta(days=365)).weight == Quantity(30.0, "lb")
    diary.session(monday + timedelta(days=1), three(weight=15))
    planned = rdl_after(diary, day + timedelta(days=365))
    assert planned.weight == Quantity(15.0, "lb")
    assert planned.why == "15 pounds again, because fifty one weeks were missed."


def test_after_missed_weeks_at_the_start_it_stays_there_however_clean_it_was_and_begins_to_count_again(diary, monday):
    for week in range(4):
        diary.session(monday + timedelta(days=7 * week), three(weight=15))
    back = monday + timedelta(days=200)
    planned = rdl_after(diary, back.date())
    assert planned.weight == Quantity(15.0, "lb")
    assert planned.why.startswith("15 pounds again, because")
    diary.session(back, three(weight=15))
    assert "one more clean session" in rdl_after(diary, back.date() + timedelta(days=2)).why
    diary.session(back + timedelta(days=2), three(weight=15))
    assert rdl_after(diary, back.date() + timedelta(days=4)).weight == Quantity(20.0, "lb")


def test_what_was_asked_for_after_the_last_set_is_no_reason_for_more_after_missed_weeks(diary, monday):
    asked = ("weight", {"drill": "RDL", "value": 15, "unit": "lb", "why": "too easy"})
    diary.session(monday, [*three(weight=10)[:2], {"set": 3, "weight": 10, "then": [asked]}])
    planned = rdl_after(diary, monday.date() + timedelta(days=100))
    assert planned.weight == Quantity(10.0, "lb"), "below the start, where the trainee chose to be"


def test_an_easier_drill_is_clean_once_more_after_missed_weeks_before_the_painful_one_comes_back(diary, monday):
    hurt = [{"set": 1, "reps": 4, "pain": True, "then": [("moved", {"from": "RDL", "to": "dowel hinge"})]}]
    diary.session(monday, hurt)
    for day in (2, 4):
        diary.session(monday + timedelta(days=day), dowel_sets())
    soon, late = monday.date() + timedelta(days=7), monday.date() + timedelta(days=200)
    sessions = fold(diary.records)
    assert [p.drill.name for p in plan_session(ONLY_RDL, DRILLS, sessions, soon).drills] == ["RDL"]
    (instead,) = plan_session(ONLY_RDL, DRILLS, sessions, late).drills
    assert instead.drill.name == "dowel hinge"
    assert instead.why.endswith("one more clean session brings it back.")


def test_what_was_asked_for_after_the_last_set_counts(diary, monday):
    heavier = ("weight", {"drill": "RDL", "value": 40, "unit": "lb", "why": "too easy"})
    diary.session(monday, [*three()[:2], {"set": 3, "then": [heavier]}])
    planned = rdl_after(diary, monday.date() + timedelta(days=1))
    assert (planned.weight, planned.why) == (Quantity(40.0, "lb"), "40 pounds, because 35 was too easy yesterday.")


def test_a_session_left_early_changes_nothing(diary, monday):
    diary.session(monday, three())
    diary.session(monday + timedelta(days=2), three()[:1], how="stopped")
    planned = rdl_after(diary, monday.date() + timedelta(days=3))
    assert (planned.weight, planned.why) == (
        Quantity(35.0, "lb"),
        "35 pounds again, because yesterday one of three sets was done.",
    )


def test_at_the_limit_it_stays(diary, monday):
    for day in (0, 2):
        diary.session(monday + timedelta(days=day), three(weight=200))
    planned = rdl_after(diary, monday.date() + timedelta(days=3))
    assert planned.weight == Quantity(200.0, "lb")
    assert planned.why == "200 pounds again, because that is as far as this drill goes."


def test_a_dial_goes_up_as_a_load_does(diary, monday):
    for day in (0, 2):
        diary.session(monday + timedelta(days=day), dowel_sets())
    (planned,) = plan_session(Programme("d", (DOWEL,)), DRILLS, fold(diary.records), date(2026, 11, 21)).drills
    assert planned.dials == {"depth": Quantity(60.0, "%")}
    assert planned.why == "Depth 60 percent, because last Wednesday you did 3 sets of 10 at 50 without a miss."


def test_somebody_who_trains_in_kilos_gets_kilos_in_steps_that_exist(diary, monday):
    for day in (0, 2):
        diary.session(monday + timedelta(days=day), three(weight=10, unit="kg"))
    both = Programme("hip hinge", (RDL, DEADLIFT))
    rdl, deadlift = plan_session(both, DRILLS, fold(diary.records), monday.date() + timedelta(days=3)).drills
    assert rdl.weight == Quantity(12.5, "kg")
    assert rdl.why == "12.5 kilos, because yesterday you did 3 sets of 12 at 10 without a miss."
    assert deadlift.weight == Quantity(20.0, "kg")


def test_an_odd_weight_goes_up_to_the_next_one_that_exists(diary, monday):
    for day in (0, 2):
        diary.session(monday + timedelta(days=day), three(weight=37))
    assert rdl_after(diary, monday.date() + timedelta(days=3)).weight == Quantity(40.0, "lb")


def test_a_broken_off_session_is_in_the_plan_when_the_time_is_given(diary, monday):
    diary.session(monday, three()[:2], how=None)
    sessions = fold(diary.records)
    assert plan_session(ONLY_RDL, DRILLS, sessions, monday.date()).unfinished is None
    plan = plan_session(ONLY_RDL, DRILLS, sessions, monday.date(), now=monday + timedelta(hours=1))
    assert plan.unfinished is not None
    assert (plan.unfinished.drill, plan.unfinished.set) == ("RDL", 3)


def test_a_session_is_summed_up_for_its_end(diary, monday):
    diary.session(monday, [*dowel_sets(), *three(), {"set": 3, "reps": 4, "pain": True, "then": [
        ("pain", {"where": "back", "drill": "RDL", "set": 3, "rep": 4})]}])  # fmt: skip
    (session,) = fold(diary.records)
    assert describe(session) == (
        "Dowel hinge, 3 sets of 10. RDL, sets of 12, 12, 12 and 4 at 35 pounds. "
        "There was pain in the RDL, so next time starts easier."
    )


def test_sentences_can_be_had_in_words_for_a_voice():
    assert ENGLISH.in_words("2.5 kilos, 3 sets of 12.") == "two and a half kilos, three sets of twelve."


def test_the_forecast_follows_the_trainees_rhythm_and_goes_up_every_second_time(diary, monday):
    for week in range(2):
        diary.session(monday + timedelta(days=7 * week), three())
    sessions = fold(diary.records)
    assert rhythm(sessions) == 7
    ahead = forecast(ONLY_RDL, DRILLS, sessions, date(2026, 11, 30))
    loads = [one.plan.drills[0].weight for one in ahead]
    assert [load.value for load in loads if load] == [40, 40, 45, 45, 50]
    assert [one.day.isoformat() for one in ahead][:2] == ["2026-11-30", "2026-12-07"]


results = st.lists(
    st.tuples(
        st.integers(1, 40),
        st.sampled_from(["clean", "missed", "pain", "moved", "half", "dowel"]),
        st.sampled_from([None, 20, 37.5, 300]),
    ),
    max_size=12,
)


@pytest.mark.parametrize("unit", ["lb", "kg"])
@given(results=results)
def test_whatever_happened_the_plan_stays_within_the_script_and_never_rises_on_pain(unit, results):
    from voicecoach.journal import session as values

    when = date(2026, 1, 1)
    sessions: list[values.Session] = []
    weight = Quantity(30.0, unit)
    for index, (days, how, chosen) in enumerate(results):
        when += timedelta(days=days)
        weight = Quantity(float(chosen), unit) if chosen else weight
        sessions.append(_session(index, when, how, weight))
        plan = plan_session(HINGE, DRILLS, sessions, when + timedelta(days=2))
        for planned in plan.drills:
            assert not any(word in f"{planned.why} {planned.last_time}".lower() for word in SAFETY_WORDS)
            for name, value in planned.dials.items():
                assert planned.drill.dials[name].low <= value.value <= planned.drill.dials[name].high
            if planned.drill.name != "RDL" or planned.weight is None or not planned.drill.load:
                continue
            scale = Scale.of_load(planned.drill.load, unit)
            assert scale.low <= planned.weight.value <= scale.high
            if how in {"pain", "moved"}:
                assert planned.weight.value < max(weight.value, scale.low + 1e-9)
        if how == "moved":
            assert [planned.drill.name for planned in plan.drills] == ["wall tap", "dowel hinge"]


def _session(index, day, how, weight):
    from datetime import UTC, datetime, time

    from voicecoach.journal.session import Moved, Session, SetDone

    start = datetime.combine(day, time(12), UTC)

    def done(drill, number, reps=12, *, pain=False, load=weight):
        when = start + timedelta(minutes=number)
        return SetDone(f"{index}.{drill}.{number}", when, drill, number, 3, reps, 12, load, pain=pain)

    sets = {
        "clean": [done("RDL", n) for n in (1, 2, 3)],
        "missed": [done("RDL", 1), done("RDL", 2, 9), done("RDL", 3, 8)],
        "pain": [done("RDL", 1, 4, pain=True)],
        "moved": [done("RDL", 1, 4, pain=True)],
        "half": [done("RDL", 1)],
        "dowel": [done("dowel hinge", n, 12, load=None) for n in (1, 2, 3)],
    }[how]
    moves = (Moved(sets[-1].t, "RDL", "dowel hinge"),) if how == "moved" else ()
    return Session(
        str(index), (str(index),), "hip hinge", ("RDL",), start, sets[-1].t, "finished", tuple(sets), moves=moves
    )
