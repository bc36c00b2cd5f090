"""Where the player is: an online filter over a score's events, from the onsets that each frame hears.

Three beliefs share the probability: that the player goes on where they were (`TempoFilter`, precise, in a window),
that they are elsewhere in the score (`Search`, coarse, everywhere), and that what sounds is not the score. When places
elsewhere hold nearly all of it, the localizer leaps to one of them, and keeps in mind those that sound the same
(`AlikePlaces`). Strictly causal; memory and time per frame are constant.

Silence is no evidence: the player is expected where they stopped, however long it lasts, and has finished
after the last notes until the score is heard again. `State.LOST` is for sound that does not fit.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS
from livefollow.follow.hmm.ambiguity import AlikePlaces, CopySearch
from livefollow.follow.hmm.company import NOBODY, Beside, Company
from livefollow.follow.hmm.emission import BOTH_HANDS, Evidence
from livefollow.follow.hmm.hands import BOTH, Array, Hands
from livefollow.follow.hmm.linked import LinkedPlaces
from livefollow.follow.hmm.score_model import ScoreModel
from livefollow.follow.hmm.search import ABOUT, Alternation, Search
from livefollow.follow.hmm.settings import DEFAULTS, MINUTE_S, Settings
from livefollow.follow.hmm.starts import AttemptStarts
from livefollow.follow.hmm.tempo_filter import ATTACK, STALE, WINDOW, TempoFilter
from livefollow.follow.hmm.transitions import RepeatsTaken
from livefollow.follow.hmm.unread import UnreadPassage, about_a_gap, beyond_unread, unread_passage
from livefollow.follow.position import Belief, Estimate, State
from livefollow.score.links.ways import Link
from livefollow.score.reading import Reading

logger = logging.getLogger(__name__)

FloatArray = npt.NDArray[np.float32]

NEVER = 1e-12  # of probability: no division by nothing, no logarithm of it
LIKELIER = 0.5  # probability above which the player is where they are believed rather than elsewhere
HERE_SURE = 0.9  # probability that the player is where they are believed
BOTH_SURE = 0.98  # the same that both hands play
HANDS_STEP = 0.02  # of the probability that a hand plays alone: smaller changes are not taken note of
SURE = 50.0  # nats: exponentials of much more overflow
UNPROVEN = 0.4  # confidence at most of one who was found where nobody expected them: it moves the cursor, no more


class Localizer:
    """Follows one player through one score.

    Attributes:
        model: of the score, as far as it is read.
    """

    def __init__(self, reading: Reading, settings: Settings = DEFAULTS) -> None:
        """Expect the player at the beginning.

        Args:
            reading: the events of the score, or of its first pages.
            settings: priors.
        """
        self._settings = settings
        self._heard = settings.observation.heard
        self._spans: tuple[tuple[float, float], ...] = ()
        self._linked = LinkedPlaces(settings)
        self._take(ScoreModel(reading, settings))
        self._near = TempoFilter(self.model.beats, self.model.real, settings, self.model.alone)
        self._far = Search(self.model.real, settings, self.model.alone)
        self._copies = CopySearch(self.model.real, settings, self.model.alone)
        self._starts = AttemptStarts(settings)
        self._hands = Hands(settings.hands)
        self._looked = self._hands.shares  # when the near filter was last told of them
        self._company = Company(reading, settings) if reading.others else None
        self._silent = 0  # frames without a clear onset
        self._last: Estimate | None = None  # what was known after the frame before
        self._phase = 0.0
        self._expect(0)
        self._x = float(self._places[0])

    def extend(self, model: ScoreModel) -> None:
        """Take the score model of a longer reading: the same events, and more after them. What is believed stays."""
        self._take(model)
        if self._company:
            self._company.extend(model.reading)
        elif model.reading.others:
            self._company = Company(model.reading, self._settings)
        self._near.extend(model.beats, model.real, model.alone)
        self._far.extend(model.real, model.alone)
        self._copies.extend(model.real, model.alone)

    def place(self, x: float) -> None:
        """The player's hand says that they go on from strip x."""
        later = np.searchsorted(self._places[1:], x - self._settings.decision.slack_px)
        self._far = Search(self.model.real, self._settings, self.model.alone)
        self._expect(int(later))
        self._x = x
        self._linked.place(x)

    @property
    def links(self) -> Sequence[Link]:
        """From where to where the player goes on: see `lead`."""
        return self._linked.links

    def lead(self, links: Sequence[Link]) -> None:
        """Expect the player to take links, strip px; repeats that signs ask for are known anyway."""
        self._linked.take(links, self._places)

    def looking_at(self, spans: Sequence[tuple[float, float]]) -> None:
        """What is on the screen: one who begins begins there rather than elsewhere where it sounds the same.

        Args:
            spans: from where to where, strip px; none where that is not known.
        """
        self._spans = tuple(spans)
        self._look()

    def step(self, onsets: FloatArray, sounding: FloatArray, level: float) -> Estimate:
        """Hear one frame.

        Args:
            onsets: (N_PITCHES,) probability that each pitch was struck.
            sounding: (N_PITCHES,) probability that it sounds.
            level: dB.

        Returns:
            The estimate after this frame.
        """
        observation = self._settings.observation
        heard = onsets if level > observation.silence_db else np.zeros_like(onsets)
        self._repeats_taken.is_at(self._event)
        self._linked.is_at(self._x)
        self._silent = 0 if float(heard.max(initial=0)) > observation.clear else self._silent + 1
        evidence = self._evidence_of(heard)
        if self._last and self._is_quiet(evidence):
            return self._with_state(self._last)
        self._frame += 1
        self._believe(evidence)
        first = self._near.first
        self._near.prefer(self.model.emission.held(sounding, first, first + WINDOW))
        self._leap()
        self._resume()
        self._last = self._shown()
        return self._with_state(self._last)

    def elsewhere(self) -> FloatArray:
        """(E,) probability that the player is on each event of the score, not having gone on to there."""
        events = self._far.events.copy()
        self._alike.spread(events, self._near.first, self._here * self._near.events())
        return events

    @property
    def phase(self) -> float:
        """Share of the time of the event that the player was last believed to be on that is over."""
        return self._phase

    @property
    def silence_s(self) -> float:
        """Seconds since an onset was heard clearly."""
        return self._silent / FPS

    @property
    def evidence(self) -> float:
        """Nats by which the score, wherever in it, explains what was heard lately better than other music."""
        return self._evidence

    def belief(self) -> Belief:
        """What the estimate after the last frame was made from."""
        here = self._here * float(self._alike.shares[0])
        return Belief(self._near.first, here * self._near.events(), self._near.phases(), self._silent)

    def _take(self, model: ScoreModel) -> None:
        self.model = model
        self._places, self._system, self._beats = model.places, model.system, model.beats
        self._linked.take(self.links, self._places)
        self._look()

    def _look(self) -> None:
        """Which of the events are on the screen."""
        self._seen = np.zeros(len(self._places), bool)
        for start, end in self._spans:
            self._seen |= (self._places >= start) & (self._places < end)
        self._begins = np.where(self._seen, np.float32(self._settings.transition.seen), np.float32(1))

    def _expect(self, event: int) -> None:
        """Begin anew, before event + 1."""
        duration, transition = self._settings.duration, self._settings.transition
        self._tempo = duration.start_tempo / MINUTE_S  # of the player when last seen, quarter notes per second
        tempi = self._near.tempo_prior(self._tempo, duration.start_spread)
        self._near.seed(event, np.array([[0.0], [0.0], [1.0]]), STALE, tempi)
        self._here = transition.begins if len(self._places) > 1 else 0.0
        music = (1 - transition.silent) / 2
        # Nobody plays, sparse and dense other music.
        self._others = [(1 - self._here) * share for share in (transition.silent, music, music)]
        self._evidence = 0.0
        self._alike = AlikePlaces(self._settings)
        self._repeats_taken = RepeatsTaken(self._settings)
        self._attempt = 0  # where the last one began; 0: nowhere yet
        self._frame = 0
        self._left: list[tuple[int, int]] = []  # events that leaps led away from lately, and in which frame
        self._event = self._surely = event  # shown; the last one that they were more likely on than elsewhere
        self._settled = False  # since the last leap what is shown has been so with some confidence
        self._state = State.WAITING
        self._proven = True
        self._followed = False  # yet
        self._last = None
        self._unread: UnreadPassage | None = None  # that is being played
        self._behind = self._unsure = 0
        self._elsewhere = self._stopped = 0
        self._silent = 0

    def _listen_for_others(self, heard: FloatArray) -> Beside:
        """What is known of those who play or sing beside the pianist."""
        if not self._company:
            return NOBODY
        self._near.mask(self._settings.company.masked * self._company.beside.present)
        self._company.hear(heard, self._event)
        return self._company.beside

    def _is_quiet(self, evidence: Evidence) -> bool:
        """Whether nobody plays, and has not for so long that this frame says nothing about where they are."""
        quiet = self._silent > self._settings.decision.quiet_s * FPS
        return self._state is not State.FOLLOWING and quiet and evidence.heard < self._heard

    def _with_state(self, estimate: Estimate) -> Estimate:
        """The estimate with the state to show: who was lost and has stopped is waited for like anybody."""
        lost = self._state is State.LOST
        state = State.HOLDING if lost and self._silent > self._settings.decision.quiet_s * FPS else self._state
        return estimate if estimate.state is state else replace(estimate, state=state)

    def _believe(self, evidence: Evidence) -> None:
        """Share out the belief anew after one frame's evidence."""
        s = self._settings.transition
        here, other, clear = self._here, sum(self._others), evidence.heard >= self._heard
        leave = s.leave + min(1.0, self._practising()) * (s.leave_again - s.leave)
        leave = s.leave_stopped if self._stopped and clear else leave
        if self._company:
            leave *= 1 - (1 - self._settings.company.leaves) * self._company.beside.present
        self._starts.go_on()
        restarts = self._starts.rate if clear else 0.0
        leaving, returning = leave * here, s.return_ * other
        again = s.start_again * leaving + s.start_return * returning if len(self._starts) else 0.0
        entering = self._entering(leaving + returning - again)
        if self._state is State.WAITING and self._spans:
            total = float(entering.sum())
            entering *= self._begins
            entering *= np.float32(total / max(float(entering.sum()), NEVER))
        if clear:
            self._copies.damp(entering, self._event)
        if again:
            entering += np.float32(again + restarts * here) * self._starts.entering(len(entering))
        for target, weight in self.model.transitions.repeats_from(self._event):
            entering[target] += s.repeat * self._repeats_taken.factor(self._event, target) * weight * here
        for target, chance in self._linked.entering(self._event):
            entering[target] += chance * here
        self._copies.step(evidence)
        self._look_at_hands()
        self._alike.go_on(self._near)
        likelihood = self._alike.see(self._near, evidence)
        searched = self._far.total + float(entering.sum(dtype=np.float64)) if clear else 0.0
        if not self._company:  # who rests while others go on is no beginner of attempts
            self._far.expect(self._practising())
        there = self._far.step(evidence, entering, self._alternation() if clear else None)
        explain = evidence.others.tolist()
        others = [share * (1 - s.switch) + s.switch * other / len(explain) for share in self._others]
        before = sum(share * well for share, well in zip(others, explain, strict=True)) / (other + NEVER)
        stray, keep = s.stray_off * here / len(explain), 1 - s.return_ - s.resume
        others = [(share * keep + stray) * well for share, well in zip(others, explain, strict=True)]
        stays = here * (1 - leave - restarts - s.stray_off) + s.resume * other
        here = stays * likelihood
        total = here + there + sum(others)
        self._here, self._others = here / total, [share / total for share in others]
        self._far.scale(1 / total)
        if clear:
            self._see_hands(evidence)
            # How much better the score, wherever in it, explains what is heard than all else does.
            gain = math.log(max((here + there) / (stays + searched), NEVER) / max(before, NEVER))
            decision = self._settings.decision
            known = self._evidence * math.exp(-evidence.heard / decision.memory) + gain
            self._evidence = max(min(known, decision.most), decision.least)

    def _entering(self, mass: float) -> FloatArray:
        """(E,) masses of those who go from where the player is believed to be to anywhere; their sum."""
        count, entering = len(self._places), None
        for event, share in self._alike.around(self._event, count):
            more = self.model.transitions.at(event, mass * share)
            entering = more if entering is None else entering + more
        return np.zeros(count, np.float32) if entering is None else entering

    def _alternation(self) -> Alternation | None:
        """How those go on of whom one hand plays, if that is thinkable."""
        # Beside others a hand that is not heard may be drowned: nothing is concluded from it.
        return None if self._company else Alternation(self._hands.beginning[1:].astype(np.float32), self.model.behind)

    def _look_at_hands(self) -> None:
        """Tell the near filter which events have only notes of a hand that seems not to play."""
        shares = self._hand_shares()
        if shares is not self._looked and np.abs(shares - self._looked).max() > HANDS_STEP:
            self._looked = shares
            played = shares[0] + shares[1:] @ self.model.emission.has
            self._near.mask(self._near.masked, (1 - played).astype(np.float32))

    def _hand_shares(self) -> Array:
        """(3,) probability that both hands play, the upper, and the lower alone."""
        return BOTH_HANDS if self._company else self._hands.shares

    def _evidence_of(self, heard: FloatArray) -> Evidence:
        """What a frame's onsets say, (N_PITCHES,)."""
        first, shares = self._near.first, self._hand_shares()
        # While it is known that both hands play, and where, one alone is thought of there and nowhere else.
        known = self._here > HERE_SURE and float(shares[BOTH]) > BOTH_SURE
        span = (first, min(first + WINDOW, len(self._places))) if known else None
        return self.model.emission(heard, self._listen_for_others(heard), shares, span)

    def _see_hands(self, evidence: Evidence) -> None:
        """Take note of which hands have struck what was heard."""
        seen = evidence.by_hand[:, self._near.first - evidence.first :][:, :WINDOW]
        near = self._here * float(self._alike.shares[0]) * self._near.columns[ATTACK]
        self._hands.see(near[: seen.shape[1]], seen)

    def _leap(self) -> None:
        """Go where the player must be, if that is elsewhere and has been for some frames."""
        s, duration = self._settings.decision, self._settings.duration
        best, mass, there = self._far.best()
        # Of several places that sound the same the likeliest will do, once it is clear that they are not here.
        held = there > s.leap_mass and mass > s.leap_share * there
        self._elsewhere = self._elsewhere + 1 if held else 0
        again = self._practised() and not self._company
        if self._elsewhere < (s.leap_frames_again if again else s.leap_frames):
            return
        self._elsewhere = 0
        began, went = self._began(best), self._at_near()[0]
        searching = self._state in (State.WAITING, State.LOST)
        self._proven = self._proven and not searching
        start = max(0, best - s.leap_reach)
        if not self._company:
            one = self._far.one_hand[:, best].astype(np.float64)
            self._hands.found(np.array([max(0.0, 1 - one.sum()), *one]))
        found = self._far.take(start, best + s.leap_reach)
        as_before = self._near.tempo_prior(self._tempo, duration.leap_spread)
        another = self._near.tempo_prior(self._tempo, duration.leap_spread_new)
        left = [(event, self._here * share) for event, share in self._alike.around(self._event, len(self._places))]
        self._alike = AlikePlaces(self._settings)
        self._here = self._alike.take(self._far, best, s.leap_reach, mass)
        for event, here in left:
            self._far.put(event, here)
        self._near.seed(start, found, s.leap_phase, (as_before + another) / 2)
        offset = self._alike.nearest(self._event - best, lambda o: searching and bool(self._seen[best + o]))
        self._show_alike(offset)
        if self._practised():
            self._behind = s.back_frames  # that they are there has been certain for some frames
        began = max(1, began + offset)
        self._unread = self._unread_from(began)
        beyond = self._pass_unread(best + offset)
        self._land()
        if (
            self._goes_on(best + offset, began, went, searching)
            or self._unread
            or beyond
            or self._linked.lead(self._event, began)
        ):
            return
        known = "where one began before" if self._starts.knows(began) else "for the first time"
        logger.info("an attempt began at event %d of %d, %s", began, len(self._places) - 1, known)
        self._starts.began(began)
        self._attempt = began

    def _goes_on(self, event: int, began: int, went: int, searching: bool) -> bool:
        """Whether one who is found on an event, and went as far as another, has begun nothing anew, but gone on."""
        further = began - self._surely
        if self._practising() >= 1:
            return 0 <= further <= self._settings.transition.leaves_out
        came_along = went >= self._surely and abs(event - went) <= ABOUT
        skipped = further > 0 and not searching  # a first ending, a cut: nobody comes back to where they landed
        return skipped or came_along or -ABOUT <= further <= self._settings.transition.leaves_out

    def _unread_from(self, entered: int) -> UnreadPassage | None:
        """The passage that a player would be in who has entered the score elsewhere, if that is its copy."""
        known = self._unread
        if known and known.copy <= entered <= known.end:
            return known
        for event in (self._event, *self._been()):
            if passage := unread_passage(self.model.reading, event, entered, self._settings.ambiguity):
                return passage
        return None

    def _pass_unread(self, event: int) -> int:
        """Show who is found at a copy of what comes behind an unread passage behind that; events from the one there."""
        if self._unread or self._settled:
            return 0
        for left in (self._event, *self._been()):
            if beyond := beyond_unread(self.model.reading, left, event, self._settings.ambiguity):
                self._alike.add(beyond, self._settings.ambiguity.unread_sure)
                self._show_alike(beyond)
                return beyond
        return 0

    def _been(self) -> list[int]:
        """Events that were left lately, the last first: who plays what was not read is found here and there."""
        since = self._frame - self._settings.ambiguity.unread_left_s * FPS
        self._left = [(frame, event) for frame, event in self._left if frame >= since]
        return [event for _, event in reversed(self._left)]

    def _land(self) -> None:
        """The player is found on another event."""
        # Of places where nothing is unread for sure only the last counts: to ask about many takes time.
        x, ambiguity = self.model.reading.x, self._settings.ambiguity
        self._left = [(frame, event) for frame, event in self._left if about_a_gap(x, event, ambiguity)[0]]
        self._left.append((self._frame, self._event))
        self._settled = False

    def _resume(self) -> None:
        """Go where the page can be read again, after a passage that could not be."""
        unread, event = self._unread, self._at_near()[0]
        if not unread or event < unread.end:
            return
        self._unread = None
        ambiguity, offset = self._settings.ambiguity, unread.resumes - unread.end
        if event > unread.end + ambiguity.unread_behind or event + offset >= len(self._places):
            return  # they have left the copy for elsewhere
        self._alike.add(offset, ambiguity.unread_sure)
        # Who is searched for just behind the copy of the passage is just behind the passage, too.
        behind = slice(unread.end, unread.end + ambiguity.unread_behind)
        self._far.shift(behind, offset, ambiguity.unread_sure)
        self._show_alike(offset)
        self._event = self._surely = self._at_near()[0]
        self._x = float(self._places[self._event])

    def _at_near(self) -> tuple[int, Array]:
        """Where the player is about the place believed in, and (W,) probability that they are not further on."""
        # The median is the best guess at a place on a line, and is not moved by a second, fainter guess.
        events = self._near.events().cumsum()
        event = self._near.first + int(events.searchsorted(events[-1] / 2))
        return min(event, len(self._places) - 1), events

    def _show_alike(self, offset: int) -> None:
        """Show the player as many events further on, or back: it sounds the same there."""
        if offset:
            self._alike.show(offset)
            self._near.shift(offset)

    def _shown(self) -> Estimate:
        """The estimate to show."""
        s, transition = self._settings.decision, self._settings.transition
        if clearer := self._alike.clearer():
            there = self._at_near()[0] + clearer
            self._unread = self._unread_from(there)
            self._show_alike(clearer)
            beyond = self._pass_unread(there)
            self._land()
            if self._attempt and not (self._unread or beyond):  # it is there that the attempt began, too
                self._starts.moved(self._attempt, self._attempt + clearer)
                self._attempt += clearer
        event, events = self._at_near()
        at = event - self._near.first
        about = max(0, at - s.events_behind - 1), min(at + s.events_ahead, len(events) - 1)
        here = float(events[about[1]] - events[about[0]] * (about[0] > 0))
        # Where in the score is one question, whether it is the score another, which the evidence answers.
        known = self._here * here + self._far.about(event)
        known /= 1 + NEVER - sum(self._others)
        # That it is the one of several alike places that is shown is less sure. All of them together are followed,
        # while what is heard is clearly the score: other music sounds a little like many places, too.
        shown = known * float(self._alike.shares[0])
        confidence = shown * self._trust()
        self._settled = self._settled or confidence > LIKELIER
        phase, tempo = self._near.at(event)
        self._phase = phase
        self._near.follow(event)
        if self._here > LIKELIER:
            self._surely = event
        self._change(event, known if self._evidence > self._settings.ambiguity.alike_found else shown, phase)
        playing = self._state in (State.FOLLOWING, State.HOLDING, State.FINISHED)
        overdue = playing and phase > transition.overdue and self._silent > transition.overdue_s * FPS
        self._stopped = transition.resumes if overdue else max(0, self._stopped - 1)
        lost = self._state is State.LOST and self._evidence <= s.found
        resting = self._resting(event)
        # Something else is played, unless it is sure where in the score this is.
        unlike = self._state is State.WAITING and self._evidence < s.unlike and self._here < HERE_SURE
        if (known >= s.sure or resting) and not (lost or unlike) and self._state is not State.FINISHED:
            self._move(event, self._at(event, phase), known)
            self._tempo = tempo
        following = self._state is State.FOLLOWING
        speed = tempo / FPS / self._beats[event] * self._gap(event) if following else 0.0
        if self._unread:
            return Estimate(self._unread.place(self._x), float(speed), min(1.0, confidence), self._state)
        elsewhere, mass, _ = self._far.best()
        over = self._state is State.FINISHED and self._evidence <= s.found
        if playing and not over and mass > self._enough(elsewhere) and not self._unread_from(self._began(elsewhere)):
            return Estimate(float(self._places[elsewhere]), 0.0, mass * self._trust(), self._state)
        return Estimate(self._x, float(speed), min(1.0, confidence), self._state)

    def _enough(self, event: int) -> float:
        """Probability from which on a place elsewhere is shown, though it is not certain enough yet to leap there.

        Who has played on so far is expected to play on: a slip that sounds like another place shows nothing else.
        """
        s = self._settings.decision
        if self._practised() and self._starts.knows(self._began(event)):
            return s.sure_start
        return s.sure_elsewhere if self._practising() >= 1 else 1.0

    def _practising(self) -> float:
        """How often the player has begun anew lately, alone: from 1 on they practise."""
        alone = 1 - self._company.beside.present if self._company else 1.0
        return alone * self._starts.recent / self._settings.decision.practising

    def _practised(self) -> bool:
        """Whether the player has begun anew at all lately, alone: from then on less is asked of who does so again."""
        s = self._settings.decision
        return self._practising() * s.practising >= s.practised

    def _began(self, event: int) -> int:
        """Where a player who is searched for, and believed on an event, began."""
        return max(1, event - round(float(self._far.age[event])))

    def _move(self, event: int, x: float, known: float) -> None:
        """Show the player at strip x, on an event; back only when it is sure, or has been so for a while."""
        if event >= self._event:
            self._behind = 0
            self._event, self._x = event, max(x, self._x) if event == self._event else x
            return
        s = self._settings.decision
        self._behind += 1
        if self._behind > s.back_frames or known > s.back_sure:
            self._repeats_taken.went_back(self.model.transitions, self._event, event)
            self._event, self._behind = event, 0
            # Who went back has struck something there: if nothing is heard, a guess was taken back, which is not shown.
            if self._silent <= s.back_silent or known > s.back_sure:
                self._x = x

    def _change(self, event: int, known: float, phase: float) -> None:
        """Change the state of one who seems to be on an event."""
        s = self._settings.decision
        self._unsure = 0 if known >= s.sure or self._resting(event) else self._unsure + 1
        # One who has played the score and practises goes on practising: less is asked of what is heard then.
        practises = self._followed and self._practising() >= 1
        convinced = known >= s.sure and self._evidence > (s.found / 2 if practises else s.found)
        self._followed = self._followed or convinced
        last, over = self._event == len(self._places) - 1, self._linked.is_over(self._event)
        silent = self._silent > s.hold_s * FPS
        if self._state is State.FINISHED and (last or over):
            if convinced and (event != self._event or phase < 1):
                self._state = State.FOLLOWING
            elif silent and not practises:  # it is over: what is heard from now on must speak for itself
                self._evidence = min(self._evidence, s.found)
        elif self._state in (State.WAITING, State.LOST):
            if convinced:
                self._state = State.FOLLOWING
        elif self._evidence < 0 or self._unsure > s.unsure_s * FPS:
            self._state = State.LOST
            # That the score is played is not forgotten with the place: who is found again is shown in that frame.
            self._evidence = min(self._evidence, s.found)
        elif (last and phase >= 1) or (over and silent):
            self._state = State.FINISHED
            if over:
                self._evidence = min(self._evidence, s.found)
        elif phase > s.hold_phase and silent:
            self._state = State.HOLDING
        else:
            self._state = State.FOLLOWING

    def _resting(self, event: int) -> bool:
        """Whether the pianist rests there while others go on who are not heard: nobody could know more then."""
        alone = self.model.alone
        return alone is not None and bool(alone[event]) and self._silent > self._settings.decision.hold_s * FPS

    def _trust(self) -> float:
        """Probability that it is the score that is played; other music may seem to be, for a while."""
        s = self._settings.decision
        self._proven = self._proven or self._evidence >= s.proven
        trust = 1 / (1 + math.exp(min(SURE, s.found / 2 - self._evidence)))
        return trust if self._proven else min(trust, UNPROVEN)

    def _at(self, event: int, phase: float) -> float:
        """Strip px of one who has gone some part of the way to the next event."""
        return float(self._places[event] + min(phase, self._settings.decision.glide) * self._gap(event))

    def _gap(self, event: int) -> float:
        """Strip px to the next event, or to the end of the system."""
        if event == 0:
            return 0.0
        if event + 1 >= len(self._places):
            return self._settings.decision.last_px
        gap = float(self._places[event + 1] - self._places[event])
        return gap if self._system[event] == self._system[event + 1] else min(gap, self._settings.decision.last_px)
