"""The closed tables: every action, condition, trigger and variable that a script may name, with what it means.

A flow is data; it may only choose from what stands here, so that a script from a stranger cannot run anything else.
``coach`` has one function for each name; ``check`` refuses every other.
"""

from __future__ import annotations

from collections.abc import Mapping

ACTION_MEANINGS: Mapping[str, str] = {
    "answer": "say and turn what the drill's `hears:` gives for the command",
    "ask reps": "call time where there is one, and ask how many reps it were",
    "ask weight": "ask the drill's question about its load",
    "ask which weight": "ask again for a weight that could be two",
    "brief": "say how to set up: all of it before the first set, the reminder before the others",
    "change over": "name the next drill of the superset, say how to set up, and give the time for it",
    "change rest": "make the rest longer or shorter by what was heard, and say what is left",
    "check in": "log how the trainee is today; what follows is how: ready, not well or no answer",
    "close old session": "leave the unfinished session as it was and begin a new one",
    "confirm weight": "ask whether a weight is right that is a big step up, or past the limits of the script",
    "correct set": "give the last set in the log the reps or the load that were heard, and say so",
    "count down": "count the trainee in",
    "count reps": "lead through the set on its tempo and count",
    "delete set": "take the last set out of the log; where its drill goes on, it is to be done again",
    "drop noted weight": "forget a weight that was not confirmed",
    "ease session": "log an easy day, tired or as written after it: one set less of each drill, a tenth off the loads",
    "end session": "end the session; what follows is how: finished, stopped, interrupted or red flag",
    "end set": "log the set as it was counted, and say so",
    "faster": "make each rep shorter from the next one on",
    "follow reps": "let the trainee count the set, and wait",
    "finish drill": "say that the drill is done",
    "go easier": "go to the drill that `when pain:` names",
    "go lighter": "take off the load, or turn the dial, that `when pain:` names",
    "greet": "greet, and on first use say what this is not",
    "hush": "fade out what is being said and drop what was to be said",
    "leave set": "log what was counted of the set, and end it",
    "louder": "say everything 3 dB louder, up to 6 above its own level",
    "my pace": "let the trainee set the beat of this drill from now on",
    "next drill": "go to the next drill of the programme",
    "note how bad": "add to the log how bad the pain is; what follows is the answer",
    "note place": "add to the log where it hurts, as it was said",
    "note pain": "log the pain, and offer nothing",
    "note score": "add to the log of the set how much it hurt, one to ten",
    "note weight": "remember a weight until it is confirmed",
    "offer again": "repeat what can be done about the pain",
    "offer to resume": "tell where the unfinished session broke off, and ask whether to go on there",
    "quieter": "say everything 3 dB quieter, down to 12 below its own level; safety sentences never below it",
    "remind": "say the drill's reminder",
    "report pain": "log the pain and the reps so far, and name the rule",
    "report red flag": "log a sign that needs a doctor, and the set as far as it was counted",
    "rest": "rest as long as the drill says, warn before its end",
    "rest a minute more": "make the rest a minute longer, and say what is left",
    "resume session": "go on where the unfinished session was",
    "say": "say a line of the flow, or a text",
    "say less": "say less from now on: reminders, then counts and warnings only",
    "say more": "say more from now on, in the sessions that follow too",
    "say not heard": "say that no voice was heard, or none understood; nothing where there is no microphone",
    "spare session": "log that it hurts already: only the gentlest drill today, and less of it",
    "slower": "make each rep longer from the next one on",
    "sum up": "say what was done today",
    "take reps": "count up to the number of reps that was heard",
    "switch sides": "say which side comes, and give the time for it",
    "take last weight": "use the weight of the set before, or of the last time",
    "take noted weight": "use the weight that was confirmed",
    "take planned weight": "use the weight of the plan, or none where there is no plan",
    "take weight": "use the weight that was heard, and read it back",
    "your pace": "let the coach set the beat of this drill from now on",
    "undo": "take back the last command, within ten seconds; what follows is the state to go to when a set was running",
}
"""What an outcome's `do:` or a state's `enter:` can do."""
ACTIONS = frozenset(ACTION_MEANINGS)
"""Names of the actions."""
ACTIONS_WITH_ARGUMENT = frozenset({"say", "end session", "undo", "check in", "ease session", "note how bad"})
"""Actions written as `action: argument`."""
CHECK_INS = frozenset({"ready", "not well", "no answer"})
"""Arguments of `check in`; the other answers have actions of their own."""
EASED = frozenset({"tired", "sore", "well again"})
"""Arguments of `ease session`, which is written alone for `tired`; `sore` has a line of its own, `eased` is for all."""
HOW_BAD = frozenset({"a little", "bad", "no answer"})
"""Arguments of `note how bad`."""
ACTIONS_ALONE = ACTIONS - {"say", "end session"}
"""Actions that can be written without an argument."""
ENDINGS = frozenset({"finished", "stopped", "interrupted", "red flag"})
"""Arguments of `end session`."""

CONDITION_MEANINGS: Mapping[str, str] = {
    "after a rest": "the coming set is not the first of its drill",
    "asked twice": "the state has asked its question twice",
    "by the clock": "the clock ends the set: a hold, or as many reps as possible",
    "big step up": "the weight heard is more than 20 % above the one in use",
    "can go lighter": "`when pain:` takes off load or turns a dial, and its limit is not reached",
    "doubtful weight": "the weight heard sounds like another one that is as likely",
    "easier drill": "`when pain:` names an easier drill",
    "first time": "the journal holds no session yet",
    "high score": "a five or more of ten was heard",
    "in a set": "a set was begun and not ended",
    "misheard": "somebody spoke in this state, and it was not understood",
    "more drills": "the programme has another drill",
    "more sides": "the other side of this set is still to be done",
    "more sets": "the drill, or its superset, has another set",
    "own pace": "the trainee sets the beat of this drill",
    "partner next": "the next drill of the superset has its set of this round still to do",
    "pain place known": "it was said where it hurts",
    "red flag last time": "a sign that needs a doctor was told last time, and the trainee has not said to be well",
    "reps unknown": "as many reps as possible were done, nobody counted them, and the rest leaves time to ask",
    "reps untold": "a set that the trainee counts is done, and no number was said",
    "rest left": "the rest between two sets of the drill is not over yet",
    "rest over": "the rest should have ended",
    "said of last set": "a load was told of the set that is over: that was forty five pounds",
    "set logged": "a set of this session is in the log",
    "sets left": "the drill has a set left once the present one is logged",
    "unfinished session": "the last session never ended",
    "sound check wanted": "there is a microphone, its check is not turned off, and nothing was heard by voice yet",
    "weight past limit": "the weight heard is below the lightest, or above the heaviest, of the drill's `load:`",
    "weight planned": "the plan knows a weight",
    "weight unknown": "the drill has a load and nobody said which",
}
"""What an outcome's `if:` can ask; `not X` is the opposite."""
CONDITIONS = frozenset(CONDITION_MEANINGS)
"""Names of the conditions."""

TRIGGER_MEANINGS: Mapping[str, str] = {
    "counted": "the countdown, or the set, was counted to its end",
    "silent": "the trainee said nothing for as long as `silence:` says",
    "spoken": "everything the state had to say was said",
    "time over": "the rest, or the time in `after:`, is over",
}
"""What a state's `when:` can wait for."""
TRIGGERS = frozenset(TRIGGER_MEANINGS)
"""Names of the triggers."""

VARIABLE_MEANINGS: Mapping[str, str] = {
    "amrap": "time for as many reps as possible",
    "counted": "reps counted, with their word: one rep, ten reps",
    "drill": "name of the drill",
    "easier drill": "name of the drill that `when pain:` leads to",
    "held": "how long the last hold was",
    "hold": "length of a hold",
    "goal": "what the drill is for",
    "last set": "the last set in the log: ten reps at thirty five pounds",
    "last time": "one sentence about the last session with this drill",
    "last weight": "load of the last session",
    "left": "what is left of the set: reps, or seconds",
    "loading": "one sentence: the plates on each side of the bar, or what stands on each dumbbell",
    "next drill": "name of the drill that follows",
    "next": "where the set goes on: `rep` and its number, or the time that is left",
    "noted weight": "a load that waits to be confirmed",
    "planned weight": "the load of the plan",
    "programme": "name of the programme",
    "rep": "reps counted",
    "reps word": "`rep` or `reps`, as the number before it asks",
    "reps": "reps of a set",
    "rest": "length of the rest",
    "rest left": "what is left of the rest",
    "rest over by": "how long the rest should have been over",
    "set": "number of the set",
    "so far": "what is done of the set: reps, or seconds",
    "sets": "sets of the drill",
    "side": "`left` or `right`, where one side is done at a time",
    "summary": "what was done today",
    "weight": "the load, with its unit",
    "weight limit": "the lightest or heaviest load of the script, where one was heard that is past it",
    "why": "one sentence: why today's target is what it is",
}
"""What a text can hold in braces, beside the names of the drill's dials."""
VARIABLES = frozenset(VARIABLE_MEANINGS)
"""Names of the variables."""

SAFETY_COMMANDS = frozenset({"stop", "pain", "red flag"})
"""Commands that every flow must hear in every state."""
LINES = frozenset(
    {
        "first use",
        "greeting",
        "resumable",
        "resumable between sets",
        "last time",
        "why",
        "loading",
        "weight read back",
        "planned weight",
        "which weight",
        "no load here",
        "weight unknown",
        "weight confirm",
        "weight too low",
        "weight too high",
        "set done",
        "set short",
        "last set short",
        "noted",
        "not heard",
        "not understood",
        "last set next",
        "rest warning",
        "partner next",
        "rest left",
        "rest cut",
        "next load",
        "slower now",
        "own pace",
        "next round",
        "eased",
        "sore",
        "spared",
        "saying less",
        "louder now",
        "slower as before",
        "faster as before",
        "you count as before",
        "i count as before",
        "quieter now",
        "saying more",
        "target",
        "target hold",
        "target amrap",
        "go now",
        "how many",
        "how many done",
        "first side",
        "switch sides",
        "hold now",
        "half way",
        "ten seconds left",
        "seconds left",
        "hold short",
        "last hold short",
        "reps so far",
        "faster now",
        "set corrected",
        "set deleted",
        "set again",
        "no set yet",
        "undone",
        "nothing to undo",
        "at limit",
        "pain",
        "pain offer both",
        "pain offer lighter",
        "pain offer easier",
        "pain offer rest",
        "lighter now",
        "lighter dial",
        "easier now",
        "summary",
        "goodbye",
    }
)
"""Lines that the actions say of their own accord; every flow must have them."""
