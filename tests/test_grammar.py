"""Chat text to request: lines as people type them, and anything else they could type."""

from __future__ import annotations

import time
from string import ascii_letters

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.words import Outcome, Priority, Trust, Urgency
from core.grammar import (
    SYNONYMS,
    VERBS,
    WORDS,
    Leftover,
    build,
    choice_for,
    read_line,
    request_kind,
    typed_values,
    unknown_command,
    usage,
)
from core.options import Kind, Request, options_of, said, typed_options
from core.problem import Problem
from core.requests import (
    CHANNELS,
    COMMANDS,
    Add,
    Close,
    Help,
    List,
    Note,
    Replied,
    Sent,
    Settings,
    Show,
    Snooze,
    Undo,
)


def reads(line: str) -> Request:
    """The request of a line."""
    kind, values = read_line(line)
    return build(kind, values)


def refusal(line: str) -> str:
    with pytest.raises(Problem) as refused:
        reads(line)
    return str(refused.value)


DANA = "Dana Lee @ Acme"


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        (
            "add Dana Lee @ Acme re: data PM, email, urgent, in 3 days",
            Add(who=DANA, about="data PM", via="email", urgency="urgent", when="in 3 days"),
        ),
        ("add Dana Lee @ Acme", Add(who=DANA)),
        ("add @ Acme re: data PM", Add(who="@ Acme", about="data PM")),
        ("add Dana Lee @ Acme, data PM", Add(who=DANA, about="data PM")),
        ("add Dana Lee @ Acme, data PM, Berlin", Add(who=DANA, about="data PM, Berlin")),
        (
            "add Dana Lee @ Acme, high priority, no trust",
            Add(who=DANA, priority="high", trust="none"),
        ),
        ("add Dana Lee @ Acme, dana@acme.example", Add(who=DANA, contact="dana@acme.example")),
        ("add Dana Lee @ Acme, +49 30 123456", Add(who=DANA, contact="+49 30 123456")),
        ("Dana Lee @ Acme", Add(who=DANA)),
        ("@Acme, Friday", Add(who="@Acme", when="Friday")),
        ("/add Dana Lee @ Acme", Add(who=DANA)),
        ("ADD\n  Dana   Lee @ Acme", Add(who=DANA)),
        ("add", Add()),
        ("list", List()),
        ("list closed", List(show="closed")),
        ("due", List(show="due")),
        ("show #3", Show(who="#3")),
        ("show Acme, Inc.", Show(who="Acme, Inc.")),
        ("sent Dana", Sent(who="Dana")),
        ("sent Acme, phone, yesterday", Sent(who="Acme", via="phone", on="yesterday")),
        ("sent Dana email yesterday", Sent(who="Dana", via="email", on="yesterday")),
        ("sent Dana, idea, a talk, x", Sent(who="Dana", angle="idea", note="a talk, x")),
        (
            "sent Dana, note: two ways, one idea, via: text",
            Sent(who="Dana", note="two ways, one idea", via="text"),
        ),
        ("replied Dana, talking", Replied(who="Dana", outcome="talking")),
        (
            "replied Dana, call back, next Friday",
            Replied(who="Dana", outcome="call back", next="next Friday"),
        ),
        ("snooze Dana Lee in 3 days", Snooze(who="Dana Lee", until="in 3 days")),
        ("snooze Acme until: next Friday", Snooze(who="Acme", until="next Friday")),
        ("note\nDana, line one\nline two", Note(who="Dana", text="line one\nline two")),
        ("note Dana, likes calls, before ten", Note(who="Dana", text="likes calls, before ten")),
        ("close Acme, not interested", Close(who="Acme", reason="not interested")),
        ("undo", Undo()),
        ("settings Berlin", Settings(zone="Berlin")),
        (
            "settings hour: 7:45, days off: Monday and Fri",
            Settings(hour="7:45", days_off="Monday, Friday"),
        ),
        ("settings days off: none", Settings(days_off="")),
        ("settings time zone: New York, pause: no", Settings(zone="New York", pause="no")),
        ("", Help()),
        ("/", Help()),
        ("? add", Help(topic="add")),
    ],
)
def test_a_line_is_understood(line: str, request_: Request) -> None:
    assert reads(line) == request_


DATA = "data PM"
names = st.text(ascii_letters, min_size=4, max_size=12).map(lambda word: f"Q{word}q")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Dana Lee @ Acme email urgent in 3 days",
            Add(who=DANA, via="email", urgency="urgent", when="in 3 days"),
        ),
        (
            "email Dana Lee @ Acme tomorrow re data PM",
            Add(who=DANA, via="email", when="tomorrow", about=DATA),
        ),
        (
            "Dana Lee at Acme about the data role by phone next tuesday",
            Add(who="Dana Lee at Acme", about="the data role", via="phone", when="next tuesday"),
        ),
        ("tomorrow, Dana Lee @ Acme, phone", Add(who=DANA, when="tomorrow", via="phone")),
        ("tomorrow Dana Lee @ Acme", Add(who=DANA, when="tomorrow")),
        ("in 3 days Dana Lee @ Acme", Add(who=DANA, when="in 3 days")),
        ("urgent Dana Lee @ Acme", Add(who=DANA, urgency="urgent")),
        ("text Dana Lee @ Acme", Add(who=DANA, via="text")),
        ("call Dana Lee @ Acme friday", Add(who=DANA, via="phone", when="friday")),
        ("Dana Lee dana@acme.com @ Acme", Add(who=DANA, contact="dana@acme.com")),
        ("Dana Lee @ Acme +49 30 1234567", Add(who=DANA, contact="+49 30 1234567")),
        ("Dana Lee @ Acme 030 1234567", Add(who=DANA, contact="030 1234567")),
        ("+49 30 1234567 Dana Lee @ Acme", Add(who=DANA, contact="+49 30 1234567")),
        (
            "Dana Lee @ Acme https://linkedin.com/in/dana in two weeks",
            Add(who=DANA, contact="https://linkedin.com/in/dana", when="in two weeks"),
        ),
        ("Dana Lee @ Acme, Inc. urgent", Add(who=f"{DANA}, Inc.", urgency="urgent")),
        (
            "Dana Lee @ Acme, Inc. email in 3 days",
            Add(who=f"{DANA}, Inc.", via="email", when="in 3 days"),
        ),
        ("re: data PM, email, @ Acme", Add(who="@ Acme", about=DATA, via="email")),
        ("re data PM, email, @ Acme", Add(who="@ Acme", about=DATA, via="email")),
        ("email, Dana Lee", Add(who="Dana Lee", via="email")),
        ("Dana Lee, @ Acme, email", Add(who=DANA, via="email")),
        ("Dana Lee, at Acme", Add(who="Dana Lee at Acme")),
        (
            "Dana Lee @ Acme re: data PM email in 3 days",
            Add(who=DANA, about=DATA, via="email", when="in 3 days"),
        ),
        (
            "Dana Lee @ Acme, data PM, Berlin, email tomorrow",
            Add(who=DANA, about="data PM, Berlin", via="email", when="tomorrow"),
        ),
        (
            "Dana Lee @ Acme, data PM by phone in 3 days",
            Add(who=DANA, about=DATA, via="phone", when="in 3 days"),
        ),
        (
            "next friday dana lee @ acme by phone high priority",
            Add(who="dana lee @ acme", when="next friday", via="phone", priority="high"),
        ),
        (
            "dana lee @ acme email urgent in 3 days",
            Add(who="dana lee @ acme", via="email", urgency="urgent", when="in 3 days"),
        ),
        (
            "Dana Lee @ Acme low priority relaxed no trust",
            Add(who=DANA, priority="low", urgency="relaxed", trust="none"),
        ),
        (
            "Dana Lee @ Acme voice message tomorrow",
            Add(who=DANA, via="voice message", when="tomorrow"),
        ),
        ("Dana Lee @ Acme via LinkedIn", Add(who=DANA, via="linkedin")),
        ("Dana Lee @ Acme LinkedIn", Add(who=DANA, via="linkedin")),
        ("Dana Lee @ Acme Friday", Add(who=DANA, when="Friday")),
        ("Dana Lee @ Acme on 5 Jan", Add(who=DANA, when="on 5 Jan")),
        ("Dana Lee @ Acme 2026-12-01 email", Add(who=DANA, when="2026-12-01", via="email")),
        ("Dana Lee @ Acme after Thanksgiving", Add(who=DANA, when="after Thanksgiving")),
        (
            "Dana Lee @ Acme the first friday of next month",
            Add(who=DANA, when="the first friday of next month"),
        ),
        ("Dana Lee @ Acme tommorow", Add(who=DANA, when="tommorow")),
        ("Dana Lee @ Acme\nemail\nin 3 days", Add(who=DANA, via="email", when="in 3 days")),
        ("@ Acme - email - tomorrow", Add(who="@ Acme", via="email", when="tomorrow")),
        ("@ Acme tomorrow", Add(who="@ Acme", when="tomorrow")),
        ("Dana Lee friday", Add(who="Dana Lee", when="friday")),
        ("Dana Lee @ Acme about interview on Friday", Add(who=DANA, about="interview on Friday")),
        ("Dana Lee @ Acme, Co founder role", Add(who=DANA, about="Co founder role")),
        (
            "Dana Lee @ Acme, note: call her after Friday",
            Add(who=DANA, note="call her after Friday"),
        ),
        ("Dana Lee @ Acme re lifecycle email", Add(who=DANA, about="lifecycle email")),
    ],
)
def test_the_parts_of_somebody_new_come_in_any_order(line: str, expected: Add) -> None:
    assert reads(f"add {line}") == expected


@pytest.mark.parametrize(
    "who",
    [
        *("April May @ Sunday Times", "Mark Friday @ Urgent Care Inc", "Text IQ", "@ Text IQ"),
        *("@ Phone2Action", "Will Sooner @ Early Bird", "Dana Lee @ Open Text", "Dana @ Slack"),
        *("Dana @ Royal Mail", "Dana @ Mail on Sunday", "Dana @ Ruby Tuesday", "@ Black Friday"),
        *("Sunday Adeyemi @ Acme", "Friday Okoro @ Acme", "Mark Friday", "Theresa May"),
        *("Dana @ USA Today", "dana @ usa today", "Dana @ Baltimore Sun", "Dana @ LinkedIn"),
        *("June Carter @ May Company", "Dana @ About You", "Dana @ Swiss Re", "@ Seven Days"),
        *("Dana @ Level 3", "Dana @ Studio 54th", "Chat GPT @ Voice Other", "May @ Acme"),
        *("@ Urgent Care", "@ Email on Acid", "Dana @ Vision 3D", "email", "friday", "urgent"),
        *("dana@acme.com", "@ tomorrow", "Dana @ email", "Dana @ First Friday", "Dana @ 24/7"),
        *("Wei Sun", "Dana @ The Telephone", "Dana Lee @ Acme data PM role", "Li Mei"),
    ],
)
def test_a_name_stays_whole(who: str) -> None:
    assert reads(f"add {who}") == Add(who=who)


@given(names, names, st.data())
def test_parts_without_commas_are_found_in_any_order(
    name: str, organization: str, data: st.DataObject
) -> None:
    given_parts = {"via": "by phone", "when": "in 3 days", "urgency": "urgent"}
    order = data.draw(st.permutations(sorted(given_parts)))
    cut = data.draw(st.integers(0, len(order)))
    before, after = ([given_parts[key] for key in keys] for keys in (order[:cut], order[cut:]))
    line = " ".join(["add", *before, f"{name} @ {organization}", *after])
    assert read_line(line) == (Add, {"who": f"{name} @ {organization}", **given_parts})


@given(st.lists(names | st.sampled_from("email Friday in 3 days urgent @ re at by".split())))
def test_no_word_of_a_new_line_is_lost(words: list[str]) -> None:
    line = " ".join(["Dana", *words])
    _, values = read_line(f"add {line}")
    said = " ".join(values.values()).split()
    assert values["who"]
    assert all(word in said for word in line.split() if word not in ("re", "about", "@"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("snooze Dana 2w", Snooze(who="Dana", until="2w")),
        ("snooze Dana 4/5", Snooze(who="Dana", until="4/5")),
        ("snooze April May", Snooze(who="April May")),
        (
            "snooze Dana the first friday of next month",
            Snooze(who="Dana", until="the first friday of next month"),
        ),
        (
            "replied Dana call back next friday",
            Replied(who="Dana", outcome="call back", next="next friday"),
        ),
    ],
)
def test_a_day_behind_a_known_name_needs_no_comma(line: str, expected: Request) -> None:
    assert reads(line) == expected


@pytest.mark.parametrize("kind", COMMANDS)
def test_every_example_of_ours_is_understood(kind: type[Request]) -> None:
    assert kind.command is not None
    for text in kind.command.examples:
        request = reads(f"{kind.command.name} {text}")
        assert type(request) is kind
        assert bool(said(request)) == bool(text)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("add Dana Lee @ Acme, Inc., email", "Dana Lee @ Acme, Inc."),
        ("add Dana Lee @ Acme, Inc, email", "Dana Lee @ Acme, Inc"),
        ("add @ Foo, GmbH & Co. KG, email", "@ Foo, GmbH & Co. KG"),
        ("add @ Foo Co., Ltd., email", "@ Foo Co., Ltd."),
        ("add @ Foo, Pty Ltd, email", "@ Foo, Pty Ltd"),
        ("add via: email, who: @ Acme, Inc., about: x", "@ Acme, Inc."),
        ("add via: email, @ Acme, S.A.", "@ Acme, S.A."),
    ],
)
def test_a_legal_form_stays_with_its_company(line: str, who: str) -> None:
    request = reads(line)
    assert isinstance(request, Add)
    assert (request.who, request.via) == (who, "email")


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("https://acme.example/note:1", "contact", "https://acme.example/note:1"),
        ("contact: https://acme.example", "contact", "https://acme.example"),
        ("www.acme.example", "contact", "www.acme.example"),
        ("note: see https://acme.example/via:x", "note", "see https://acme.example/via:x"),
        ("about: https://acme.example", "about", "https://acme.example"),
        ("note://x", "about", "note://x"),
    ],
)
def test_addresses_are_no_keys(part: str, field: str, value: str) -> None:
    assert read_line(f"add Dana, {part}") == (Add, {"who": "Dana", field: value})


@pytest.mark.parametrize(("word", "meant"), sorted(WORDS.items()))
def test_other_words_for_a_choice(word: str, meant: str) -> None:
    specs = [spec for kind in COMMANDS for spec in options_of(kind) if meant in spec.choices]
    assert specs
    assert {choice_for(spec, word.upper()) for spec in specs} == {meant}


@pytest.mark.parametrize("word", sorted(SYNONYMS))
def test_other_words_for_a_command(word: str) -> None:
    assert read_line(word)[0] is VERBS[SYNONYMS[word]]


@pytest.mark.parametrize(
    ("text", "choice"),
    [("by phone", "phone"), ("via mail", "email"), ("link", "linkedin"), ("e", None), ("", None)],
)
def test_a_choice_by_its_beginning(text: str, choice: str | None) -> None:
    (via,) = (spec for spec in options_of(Add) if spec.name == "via")
    assert choice_for(via, text) == choice


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("frobnicate", "To begin: `/followup add"),
        ("snoze Dana", "Did you mean /followup snooze?"),
        ("anwered Dana", "Did you mean /followup replied?"),
        ("list sideways", "“sideways” is not one of the choices. Use due, open, closed, all."),
        ("add Dana, via: pigeon", "Via: “pigeon” is not one of the choices."),
        ("show Dana, nonsense", "I don't know what to do with “nonsense”."),
        ("snooze Dana, whenever", "as in until: whenever."),
        ("add " + "x" * 201, "Who: 201 characters are too many; use 200 at most."),
        ("settings days off: Monday, Noday", "“Noday” is not one of the choices."),
    ],
)
def test_a_refusal_says_what_to_type_instead(line: str, says: str) -> None:
    assert says.replace("`", "") in refusal(line)


def test_what_was_understood_is_kept_when_words_are_left_over() -> None:
    with pytest.raises(Leftover) as left:
        read_line("snooze Dana, whenever")
    assert (left.value.kind, left.value.values) == (Snooze, {"who": "Dana"})


def test_a_suggested_command_comes_with_its_help() -> None:
    (button,) = unknown_command("snoze").choices
    assert button.token == "help:topic=snooze"


def test_an_option_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Problem, match="don't know the option"):
        build(Add, {"target": "1"})
    with pytest.raises(Problem, match="don't know"):
        request_kind("frobnicate")


def test_usage_marks_what_is_optional() -> None:
    assert usage(Snooze) == "who, until"
    assert usage(Close) == "who, reason"
    assert usage(List) == "[show]"


# Typed options and forms


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"who": "Dana Lee @ Acme re: data PM, email, in 3 days"},
            {"who": DANA, "about": "data PM", "via": "email", "when": "in 3 days"},
        ),
        (
            {"who": "Dana Lee @ Acme re: data PM, email", "via": "phone", "about": "", "note": "x"},
            {"who": DANA, "about": "data PM", "via": "phone", "note": "x"},
        ),
        ({"who": "@ Acme, Inc.", "when": ""}, {"who": "@ Acme, Inc.", "when": ""}),
        ({"who": ""}, {"who": ""}),
        ({"who": " \u200b"}, {"who": " \u200b"}),
        ({"about": "x"}, {"about": "x"}),
    ],
)
def test_who_may_hold_a_whole_line(values: dict[str, str], expected: dict[str, str]) -> None:
    assert typed_values(Add, values) == expected


@pytest.mark.parametrize("kind", [kind for kind in COMMANDS if kind is not Add])
def test_only_somebody_new_is_read_as_a_line(kind: type[Request]) -> None:
    values = {spec.name: "Dana re: x, email" for spec in options_of(kind)}
    assert typed_values(kind, values) == values


given_options = st.dictionaries(
    st.sampled_from([spec.name for spec in options_of(Add)]), st.text(max_size=20)
)


@given(given_options)
def test_what_has_an_option_of_its_own_wins(values: dict[str, str]) -> None:
    read = typed_values(Add, values)
    assert {name: value for name, value in values.items() if value and name != "who"}.items() <= (
        read.items()
    )
    assert bool(read.get("who")) == bool(values.get("who"))


# Anything

choices = {
    "via": st.sampled_from([str(channel) for channel in CHANNELS]),
    "when": st.sampled_from(["tomorrow", "in 3 days", "next Friday", "2026-12-01"]),
    "urgency": st.sampled_from([str(urgency) for urgency in Urgency]),
    "priority": st.sampled_from([str(priority) for priority in Priority]),
    "trust": st.sampled_from([str(trust) for trust in Trust]),
    "contact": st.sampled_from(["dana@acme.example", "+49 30 123456", "https://acme.example/a"]),
    "about": names,
    "note": st.lists(names, min_size=1, max_size=3).map(", ".join),
}


@given(names, st.fixed_dictionaries({}, optional=choices), st.data())
def test_a_line_with_keys_in_any_order_round_trips(
    name: str, values: dict[str, str], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(sorted(values)))
    line = ", ".join([f"add {name} @ Acme", *(f"{key}: {values[key]}" for key in order)])
    assert read_line(line) == (Add, {"who": f"{name} @ Acme", **values})


@given(names, st.sampled_from(Outcome), st.data())
def test_what_recognizes_itself_needs_no_key(
    name: str, outcome: Outcome, data: st.DataObject
) -> None:
    values = {"outcome": str(outcome), "via": data.draw(choices["via"]), "next": "in 3 days"}
    order = data.draw(st.permutations(sorted(values)))
    line = ", ".join([f"replied {name}", *(values[key] for key in order)])
    assert read_line(line) == (Replied, {"who": name, **values})


PIECES = (
    *[kind.command.name for kind in COMMANDS if kind.command],
    *SYNONYMS,
    *WORDS,
    *[f"{spec.label}:" for kind in COMMANDS for spec in typed_options(kind)],
    *"@ , : :// / # Inc. Dana Acme in 3 days Friday note: re: via: \n * ` {x} @everyone".split(" "),
)
anything = st.text(st.characters(), max_size=80) | st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(), max_size=5), max_size=12
).map(" ".join)


@given(anything)
@example("add ,")
@example("add :")
@example("add who:")
@example("note Dana note:")
@example("undo undo")
def test_any_line_is_a_request_or_a_problem(line: str) -> None:
    try:
        kind, values = read_line(line)
        request = build(kind, values)
    except Problem as problem:
        assert str(problem)
        return
    assert type(request) in COMMANDS
    for spec in options_of(kind):
        value = getattr(request, spec.name)
        assert value is None or len(value) <= spec.max_length
        assert not (spec.kind is Kind.CHOICE and value) or value in spec.choices


@given(anything)
def test_any_typed_who_is_a_request_or_a_problem(text: str) -> None:
    try:
        build(Add, typed_values(Add, {"who": text}))
    except Problem as problem:
        assert str(problem)


@pytest.mark.parametrize(
    "line",
    [
        "x" * 10_000,
        "add " + "a, " * 3_000,
        "sent " + "a " * 5_000,
        "add Dana" + "\n" * 10_000 + "x",
        "add " + "@a" * 5_000,
        "add Dana, " + "1 " * 5_000 + "x",
        "note Dana, " + "note: " * 1_600,
        "close " + "via " * 2_500,
        "add Dana " + "email " * 1_600,
        "add " + "re " * 3_300,
        "add " + "@ re " * 2_000,
        "add a@" + "." * 9_900 + "@",
        "add " + "a@b" + ".c" * 4_900 + "@",
        "add Dana @ Acme " + "in 3 days " * 990,
        "add Dana, " + "in 3 days " * 990,
        "add " + "Friday, " * 1_200,
        "add " + "+1 234567 " * 990,
        "add Dana " + "1 " * 4_900,
        "snooze " + "1 " * 4_900,
        "add " + "Inc. urgent, " * 700,
        "add Dana" + ";" * 9_000,
        "add Dana" + " \n" * 4_500 + "x",
    ],
    ids=lambda line: line[:12],
)
def test_10_000_characters_take_no_time(line: str) -> None:
    start = time.perf_counter()
    try:
        reads(line)
    except Problem as problem:
        assert len(str(problem)) < 300
    assert time.perf_counter() - start < 0.5
