"""What a trainee can do with the hip-hinge programme."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from stagehand import Stagehand, training

from voicecoach.coach.commands import Hush, Kind, Say
from voicecoach.coach.events import HealthChanged, Interrupted
from voicecoach.coach.plan import DoneSet, Unfinished


@pytest.fixture
def session() -> Stagehand:
    return Stagehand(training()).begin()


def in_the_first_set(session: Stagehand, seconds: float = 10.0) -> Stagehand:
    session.wait_for("ready")
    session.say("start")
    return session.wait_for("working").wait(seconds)


def at_the_weight(session: Stagehand) -> Stagehand:
    session.wait_for("ready")
    session.command("skip")
    session.command("skip")
    return session.wait_for("asking weight").wait(8)


def test_the_first_session_greets_and_says_once_that_this_is_no_medical_advice(session):
    session.wait(10)
    assert session.spoken()[0].startswith("Hello")
    assert sum("medical advice" in text for text in session.spoken()) == 1


def test_fifteen_reps_are_counted_on_the_beat_of_the_tempo(session):
    in_the_first_set(session, 70)
    counts = [say for say in session.says.values() if say.kind is Kind.COUNT]
    assert [say.text for say in counts][:3] == ["one", "two", "three"]
    assert len(counts) == 15
    gaps = [b.at - a.at for a, b in pairwise(counts)]
    assert all(abs(gap - 4.0) < 1e-6 for gap in gaps)
    assert session.events("set_done")[0]["reps"] == 15


def test_a_whole_session_goes_through_three_drills_and_ends_with_a_summary(session):
    for drill in ("wall tap", "dowel hinge", "RDL"):
        if drill == "RDL":
            session.wait_for("asking weight").wait(5)
            session.say("thirty five pounds")
        session.wait_for("ready")
        assert session.coach.workout.drill.name == drill
        session.say("start")
        session.wait(1)
    session.wait(600)
    assert session.ended == "finished"
    assert [(s["drill"], s["reps"]) for s in session.events("set_done")] == (
        [("wall tap", 15)] * 3 + [("dowel hinge", 10)] * 3 + [("RDL", 12)] * 3
    )
    assert any("RDL, three sets of twelve at thirty five pounds" in text for text in session.spoken())


def test_the_weight_is_asked_for_taken_and_read_back(session):
    at_the_weight(session)
    session.say("thirty five pounds")
    assert "Thirty five pounds." in session.spoken()
    (weight,) = session.events("weight")
    assert (weight["value"], weight["unit"]) == (35, "lb")
    assert session.coach.state == "ready"


def test_silence_after_the_question_for_a_weight_takes_the_weight_of_the_plan(session):
    at_the_weight(session).wait_for("ready")
    assert session.events("weight")[0]["why"] == "planned"


def test_stop_in_the_middle_of_a_rep_is_silence_first_and_then_an_answer(session):
    in_the_first_set(session, 10.7)
    commands = session.say("stop")
    assert isinstance(commands[0], Hush)
    assert session.coach.state == "paused"
    assert all(say.kind is Kind.SAFETY for say in commands if isinstance(say, Say))
    reps = session.coach.workout.rep
    session.wait(20)
    assert session.coach.workout.rep == reps, "nothing is counted while the set is paused"


def test_resume_goes_on_with_the_rep_after_the_last_one_counted(session):
    in_the_first_set(session, 13)
    session.say("stop")
    counted = session.coach.workout.rep
    session.wait(5)
    session.say("resume")
    session.wait_for("working").wait(60)
    counts = [say.text for say in session.says.values() if say.kind is Kind.COUNT]
    assert counts[: counted + 1] == ["one", "two", "three", "four"][: counted + 1]
    assert session.events("set_done")[0]["reps"] == 15


def test_a_set_stopped_after_its_last_count_ends_when_it_goes_on(session):
    in_the_first_set(session, 10)
    while session.coach.workout.rep < 15:
        session.wait(0.1)
    session.say("stop")
    session.wait(3)
    session.say("resume")
    session.wait(5)
    assert [done["reps"] for done in session.events("set_done")] == [15]
    assert session.coach.state == "resting"


def test_a_session_that_broke_off_after_the_last_rep_of_a_set_goes_on_behind_it():
    plan = training()
    there = Unfinished("older", "wall tap", set=2, rep=15)
    session = Stagehand(replace(plan, plan=replace(plan.plan, unfinished=there))).begin().wait_for("offering").wait(6)
    session.say("yes")
    session.wait_for("ready").say("start")
    session.wait(2)
    assert [(done["set"], done["reps"]) for done in session.events("set_done")] == [(2, 15)]
    assert session.coach.state == "resting"
    assert session.coach.workout.set == 3


def gone_on(*done):
    """A session that broke off before the third set of the wall taps and goes on there."""
    plan = training()
    there = Unfinished("older", "wall tap", set=3, rep=0, done=done)
    session = Stagehand(replace(plan, plan=replace(plan.plan, unfinished=there))).begin().wait_for("offering").wait(6)
    session.say("yes")
    return session.wait_for("ready")


BEFORE = (DoneSet("wall tap", 15, None, at=(1, 0), ref="a1"), DoneSet("wall tap", 15, None, at=(2, 0), ref="a2"))


def test_the_summary_of_a_session_that_went_on_tells_the_sets_from_before():
    session = gone_on(*BEFORE)
    session.say("start")
    while not session.events("set_done"):
        session.wait(1)
    session.wait(5)
    session.say("end the session")
    session.wait(4)
    session.say("yes")
    session.wait(12)
    assert any("Wall tap, three sets of fifteen" in say.text for say in session.says.values())


def test_a_set_from_before_the_break_can_be_put_right_and_taken_out_after_it():
    session = gone_on(*BEFORE)
    session.say("that was ten reps")
    session.wait(4)
    (right,) = [log for log in session.logs if log.event == "correction"]
    assert (right.corrects, right.fields["reps"]) == ("a2", 10)
    session.say("delete that set")
    session.wait(5)
    session.say("yes")
    session.wait(4)
    assert [log.corrects for log in session.logs if log.event == "correction"] == ["a2", "a2"]
    assert session.coach.workout.set == 2


def test_done_ends_the_set_with_the_reps_counted_so_far(session):
    in_the_first_set(session, 21)
    session.say("done")
    (done,) = session.events("set_done")
    assert (done["reps"], done["target"]) == (5, 15)
    assert session.coach.state == "resting"


def test_too_easy_turns_the_dial_and_says_so_between_two_counts(session):
    in_the_first_set(session, 9)
    session.say("too easy")
    assert session.events("dial") == [
        {"drill": "wall tap", "dial": "distance", "from": 7, "to": 8, "unit": "in", "why": "too easy"}
    ]
    (answer,) = [say for say in session.says.values() if "farther" in say.text.lower()]
    for count in (say for say in session.says.values() if say.kind is Kind.COUNT):
        assert answer.at + answer.seconds <= count.at or answer.at >= count.at + count.seconds


def test_a_dial_stops_at_its_limit_and_the_coach_says_so(session):
    session.wait_for("ready")
    for _ in range(9):
        session.say("too easy")
    assert len(session.events("dial")) == 9
    session.say("too easy")
    assert len(session.events("dial")) == 9
    assert "That is as far as this goes." in session.spoken()


def test_how_many_left_is_true_at_the_moment_it_is_heard(session):
    in_the_first_set(session, 11.9)
    session.say("how many left")
    session.wait(6)
    (answer,) = [say for say in session.says.values() if say.text.endswith("to go.")]
    counts = sum(1 for say in session.says.values() if say.kind is Kind.COUNT and say.at < answer.at)
    assert answer.text == {2: "Thirteen to go.", 3: "Twelve to go."}[counts]


def test_pain_ends_the_set_at_once_logs_it_and_names_the_rule(session):
    in_the_first_set(session, 21)
    commands = session.say("my lower back hurts")
    assert isinstance(commands[0], Hush)
    (done,) = session.events("set_done")
    assert (done["reps"], done["pain"]) == (5, True)
    assert session.events("pain")[0]["where"] == "lower back"
    assert any("not a test of will" in text for text in session.spoken())


def test_silence_after_pain_chooses_the_gentler_drill_and_it_is_the_last_of_the_day(session):
    session.wait_for("ready")
    session.command("skip")
    session.wait_for("ready")
    session.say("start")
    session.wait_for("working").wait(20)
    session.say("my back hurts")
    session.wait_for("briefing")
    assert session.coach.workout.drill.name == "wall tap"
    assert session.events("moved")[0]["from"] == "dowel hinge"
    session.wait_for("ready")
    session.command("skip")
    assert session.coach.state == "finished"


def test_praise_in_the_same_breath_does_not_cancel_pain(session):
    in_the_first_set(session, 21)
    session.say("it hurts")
    session.say("yes")
    assert session.events("pain")


def test_lighter_takes_a_fifth_off_the_load_and_at_least_one_step(session):
    at_the_weight(session)
    session.say("thirty five pounds")
    session.wait_for("ready").wait(3)
    session.say("start")
    session.wait_for("working").wait(20)
    session.say("my back hurts")
    session.say("lighter")
    assert session.events("weight")[-1]["value"] == 25
    assert session.coach.state == "ready"


def test_a_red_flag_ends_the_session_and_sends_the_trainee_to_a_doctor(session):
    in_the_first_set(session, 21)
    commands = session.say("my legs are weak")
    assert isinstance(commands[0], Hush)
    session.wait(20)
    assert session.ended == "red flag"
    assert any("medical help" in text for text in session.spoken())
    assert session.events("set_done")[0]["reps"] == 5


def test_undo_takes_back_a_set_that_ended_too_early_and_its_reps_are_still_there(session):
    in_the_first_set(session, 21)
    session.say("done")
    session.wait(3)
    session.say("undo")
    assert session.events("set_done") == []
    assert session.coach.state == "paused"
    session.wait(5)
    session.say("resume")
    session.wait_for("working").wait(60)
    assert session.events("set_done")[0]["reps"] == 15


def test_undo_turns_a_dial_back_while_the_set_goes_on(session):
    in_the_first_set(session, 9)
    session.say("too hard")
    session.wait(1)
    session.say("undo")
    assert session.coach.state == "working"
    assert session.coach.workout.all_dials()["distance"].value == 7
    session.wait(60)
    assert session.events("set_done")[0]["reps"] == 15


def test_undo_long_after_the_fact_says_that_there_is_nothing_to_take_back(session):
    in_the_first_set(session, 9)
    session.say("too easy")
    session.wait(30)
    session.say("undo")
    session.wait(10)
    assert len(session.events("dial")) == 1
    assert "There is nothing to take back." in session.spoken() or "Nothing to take back." in session.spoken()


def test_a_lost_microphone_pauses_the_set_and_is_said(session):
    in_the_first_set(session, 9)
    session.handle(HealthChanged(session.now, "microphone", ok=False, sentence="I cannot hear you."))
    assert session.coach.state == "paused"
    said = session.wait(8).spoken()
    holding = next(at for at, text in enumerate(said) if text.startswith("Holding at"))
    assert said.index("I cannot hear you.") < holding, "the reason first"


def test_that_the_microphone_is_gone_is_said_after_the_present_sentence_and_the_briefing_goes_on(session):
    session.wait(0.5)
    before = session.spoken()
    session.handle(HealthChanged(session.now, "microphone", ok=False, sentence="I cannot hear you."))
    assert session.spoken() == [before[0], "I cannot hear you.", *before[1:]]
    assert session.wait_for("ready").spoken()[: len(before) + 1] == [before[0], "I cannot hear you.", *before[1:]]


def test_a_microphone_that_goes_in_the_countdown_begins_no_set(session):
    session.wait_for("ready")
    session.say("start")
    session.wait(1.5)
    session.handle(HealthChanged(session.now, "microphone", ok=False, sentence="I cannot hear you."))
    assert session.wait(8).coach.state == "ready"
    assert session.events("set_started") == []
    assert session.spoken()[-2:] == ["I cannot hear you.", "Say start when you are ready."]


def test_of_earbuds_that_were_gone_for_a_moment_only_the_last_news_is_said(session):
    session.wait(0.5)
    for _ in range(3):
        session.handle(HealthChanged(session.now, "earbuds", ok=False, sentence="The sound is gone."))
        session.handle(HealthChanged(session.now, "earbuds", ok=True, sentence="The sound is back."))
    said = session.wait_for("ready").spoken()
    assert said.count("The sound is back.") == 1
    assert "The sound is gone." not in said


def test_news_that_is_being_said_is_heard_to_its_end(session):
    in_the_first_set(session, 9)
    session.handle(HealthChanged(session.now, "earbuds", ok=False, sentence="The sound is gone."))
    session.wait(0.5)
    session.handle(HealthChanged(session.now, "earbuds", ok=True, sentence="The sound is back."))
    said = session.wait(12).spoken()
    at = said.index("The sound is gone.")
    assert said[at + 1].startswith("Holding at")
    assert said[at + 2] == "The sound is back."


def test_an_interrupted_session_leaves_the_set_open_to_go_on_with(session):
    in_the_first_set(session, 21)
    session.handle(Interrupted(session.now))
    assert session.ended == "interrupted"
    assert session.events("set_done") == []
    assert len(session.events("rep")) == 5


def test_how_many_are_left_of_a_set_that_waits_is_told_in_reps(session):
    in_the_first_set(session, 9)
    session.say("stop")
    assert session.coach.workout.rep == 2
    session.wait(5)
    session.say("how many left")
    assert session.spoken()[-1] == "Thirteen to go."


def test_a_far_heavier_weight_than_last_time_waits_for_yes(session):
    at_the_weight(session)
    session.say("thirty five pounds")
    session.wait(2)
    session.say("ninety five pounds")
    assert session.coach.state == "confirming"
    assert session.events("weight")[-1]["value"] == 35
    session.wait_for("ready")
    assert session.events("weight")[-1]["value"] == 35, "silence is no"


@pytest.mark.parametrize("answer", ["no", None])
def test_a_big_step_that_nobody_confirms_leaves_the_weight_said_before(session, answer):
    at_the_weight(session)
    session.say("twenty pounds")
    session.wait_for("ready")
    session.say("sixty pounds")
    assert session.coach.state == "confirming"
    session.wait(4)
    if answer:
        session.say(answer)
    session.wait(12)
    assert "It stays twenty pounds." in session.spoken()
    assert session.coach.workout.weight.value == 20
    assert session.coach.state == "ready"


def test_somebody_who_says_nothing_is_asked_twice_and_then_left_in_peace(session):
    session.wait_for("ready").wait(600)
    assert sum(text.startswith("Say start") for text in session.spoken()) == 2
    session.say("start")
    assert session.coach.state == "countdown"


def test_a_pause_is_told_twice_and_then_kept_quiet(session):
    in_the_first_set(session)
    session.say("pause")
    session.wait(600)
    assert sum(text.startswith("Holding at") for text in session.spoken()) == 2
    session.say("resume")
    session.wait_for("working")
