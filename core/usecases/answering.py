"""From what was asked to a reply: build the request, run its use case, decide where it shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from core.domain.deliveries import State
from core.grammar import build
from core.language import tr
from core.options import Request, options_of, said
from core.problem import Problem
from core.reply import Actions, Button, Message, Paragraph, Reply
from core.requests import (
    Add,
    Another,
    Ask,
    Calendar,
    Close,
    Columns,
    Draft,
    Edit,
    Export,
    Forget,
    Help,
    Home,
    Import,
    Importing,
    Insight,
    Link,
    List,
    Note,
    Pitch,
    Preview,
    Proof,
    RemoveProof,
    Reopen,
    Replied,
    Resume,
    Sent,
    Settings,
    Show,
    ShowView,
    Snooze,
    Stats,
    Targeted,
    Undo,
    Unfold,
    Write,
)
from core.requests.clubs import (
    Club,
    ClubAnnounce,
    ClubGoal,
    ClubGoOn,
    ClubJoin,
    ClubLeave,
    ClubMove,
    ClubSetup,
    ClubStop,
    ClubTotals,
)
from core.requests.helping import (
    BuddyAnswer,
    CloseAsk,
    ClubAsk,
    ClubBuddy,
    Endorse,
    HandOver,
    Introduce,
    MayKnow,
    Offer,
    Publish,
    SayHello,
    StayAlum,
    Tell,
    Win,
)
from core.store import accounts, deliveries
from core.text import say
from core.tokens import token
from core.usecases import (
    adding,
    continuing,
    drafting,
    editing,
    forgetting,
    forms,
    homes,
    importing,
    learning,
    linking,
    looking,
    pitching,
    proving,
    replying,
    setting,
    taking,
    touching,
    undoing,
    views,
    winning,
)
from core.usecases.asked import Asked
from core.usecases.clubs import (
    asking,
    buddying,
    goals,
    introducing,
    joining,
    matching,
    moving,
    organizing,
    setting_up,
    showing,
)
from core.usecases.finding import Several, find, refuse_empty
from core.usecases.refusing import refused
from core.usecases.work import Work
from core.voice.reasons import told

UseCase = Callable[[Work, Any], Awaitable[Reply]]

CHANGES: dict[type[Request], UseCase] = {
    Add: adding.add,
    Sent: touching.sent,
    Replied: replying.replied,
    Snooze: touching.snooze,
    Note: touching.note,
    Insight: learning.insight,
    Edit: editing.edit,
    Close: touching.close,
    Reopen: touching.reopen,
    Undo: undoing.undo,
    Settings: setting.settings,
    Proof: proving.proof,
    RemoveProof: proving.remove,
    Win: winning.win,
}
LOOKS: dict[type[Request], UseCase] = {
    List: views.list_,
    Show: views.show,
    ShowView: views.show_view,
    Unfold: views.unfold,
    Help: views.help_,
    Home: homes.home,
    Ask: forms.ask,
    Preview: views.preview,
    Draft: drafting.draft,
    Write: drafting.write,
    Another: drafting.another,
    Forget: forgetting.forget,
    Link: linking.link,
    Import: importing.import_,
    Importing: importing.importing,
    Columns: importing.columns,
    Stats: looking.stats,
    Pitch: pitching.pitch,
    Export: taking.export,
    Calendar: taking.calendar,
    Club: showing.show,
    CloseAsk: showing.close_ask,
    ClubSetup: setting_up.setup,
    ClubAnnounce: setting_up.announce,
    ClubMove: moving.move,
    ClubStop: setting_up.stop,
    ClubGoOn: setting_up.go_on,
    ClubJoin: joining.join,
    ClubLeave: joining.leave,
    StayAlum: joining.stay_as_alum,
    ClubGoal: goals.goal,
    ClubAsk: asking.ask,
    Tell: asking.tell,
    Publish: asking.publish,
    MayKnow: introducing.may_know,
    Offer: introducing.offer,
    HandOver: introducing.hand_over,
    Endorse: introducing.endorse,
    Introduce: introducing.introduce,
    SayHello: matching.say_hello,
    ClubBuddy: buddying.buddy,
    BuddyAnswer: buddying.answer,
    ClubTotals: organizing.totals,
}


async def answer(work: Work, read: Callable[[], Asked]) -> Reply:
    """The reply to what `read` gives. What a person can mend is a refusal, and changes nothing."""
    member = work.member
    asked: Asked | None = None
    try:
        async with work.session.begin_nested():
            asked = read()
            if asked.kind is Resume:
                asked = await continuing.resumed(work, asked)
            reply = await _run(work, asked)
    except Problem as problem:
        work.member = member
        reply = await refused(work, asked, problem)
    if work.linked:  # whose it is when the selves part
        await accounts.mark(work.session, work.member.id, work.account_id)
    reply = await _with_held(work, reply)
    return await homes.framed(work, asked, reply) if work.caller.at_home else reply


async def _run(work: Work, asked: Asked) -> Reply:
    if asked.as_form and asked.base is not None:
        base = asked.base
        if isinstance(base, Add) and not asked.pressed:
            asked = replace(asked, values=await adding.as_known(work, asked.values))
        return Reply(form=await forms.form_for(work, base, asked))
    await continuing.take_back(work, asked)
    request = await _settled(work, _request(asked))
    if _lacks_something(request, asked):
        await refuse_empty(work, type(request))
        return Reply(form=await forms.form_for(work, request, asked))
    if type(request) in LOOKS:
        reply = await LOOKS[type(request)](work, request)
    else:
        reply = await CHANGES[type(request)](work, request)
        await work.reckon()
        reply = await _placed(work, request, reply, asked)
    return await continuing.with_more(work, request, reply, asked)


def _request(asked: Asked) -> Request:
    hidden = dict(said(asked.base)) if asked.base is not None else {}
    own = {spec.name for spec in options_of(asked.kind)}
    texts = {name: str(value) for name, value in hidden.items() if name in own}
    rest = {name: value for name, value in hidden.items() if name not in own}
    return build(asked.kind, {**texts, **asked.values}, **rest)


async def _settled(work: Work, request: Request) -> Request:
    """With a typed name looked up once, so that a form or a list of choices can carry an id."""
    if not isinstance(request, Targeted) or request.target or not getattr(request, "who", ""):
        return request
    wants_closed = isinstance(request, Reopen)
    neutral = isinstance(request, Show | Note | Edit | Insight)
    try:
        followup = await find(work, request, closed=None if neutral else wants_closed)
    except Several as several:
        if not (isinstance(request, Insight) and several.in_one_place):
            raise
        followup = several.found[0]  # what is learned belongs to the organization
    return replace(request, target=followup.id)


def _lacks_something(request: Request, asked: Asked) -> bool:
    if isinstance(request, Edit) and (request.target or request.who):
        return not asked.submitted and not editing.is_filled(request)
    if isinstance(request, ClubSetup):
        return not asked.submitted and not asked.values
    targeted = isinstance(request, Targeted) and request.target > 0
    return any(
        spec.required and not getattr(request, spec.name) and not (spec.name == "who" and targeted)
        for spec in options_of(type(request))
    )


async def _placed(work: Work, request: Request, reply: Reply, asked: Asked) -> Reply:
    """In place of the message that the button was on; on a digest or a list, as its row."""
    if asked.base is None or isinstance(request, Add):
        return reply
    view = getattr(request, "view", "")
    if view:
        try:
            message = await views.view_message(work, view, notice=reply.message)
        except Problem:  # what the view showed is gone: the answer stands alone
            return replace(reply, replace=True)
        return Reply(message, replace=True)
    return replace(reply, replace=True)


async def _with_held(work: Work, reply: Reply) -> Reply:
    """What could not be delivered is told now that the member is here."""
    if (reply.message is None and reply.making is None) or reply.replace:
        return reply
    held = await deliveries.release_held(work.session, work.member.id, work.now)
    if held is None:
        return reply
    assert held.state is State.HELD
    due = Button(tr("Show what is due"), token(List(show="due")))
    line = say(
        "I could not send you your last morning message: {reason}. It goes on once I can.",
        reason=told(held.reason),
    )
    before = reply.message.blocks if reply.message is not None else ()
    return replace(reply, message=Message((*before, Paragraph((line,)), Actions((due,)))))
