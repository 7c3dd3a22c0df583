"""Check a week against the text of the rules, sharing nothing with the planner but the records it reads.

Written from the wording of R-046, R-052, R-053, R-061, R-068 and of the scheduling section of the evidence notes, with
clock times: a session of the morning starts at 7, one of the evening at 18.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

START = {"morning": 7, "evening": 18}


class Session:
    """One session with a beginning and an end on the clock."""

    def __init__(self, placed):
        what = placed.what
        self.key, self.date, self.slot, self.what = placed.key, placed.date, str(placed.slot), what
        self.begin = dt.datetime.combine(placed.date, dt.time(START[self.slot]))
        self.end = self.begin + dt.timedelta(minutes=what.minutes or 0)
        self.sort = type(what).__name__
        self.run = str(what.kind) if self.sort == "RunDemand" else ""

    @property
    def lift(self):
        return self.sort == "StrengthDemand"

    @property
    def jumps(self):
        return self.sort == "JumpDemand"

    @property
    def quality(self):
        return self.run in {"quality", "long", "race"}


def hours(earlier, later):
    return (later.begin - earlier.begin).total_seconds() / 3600


def faults(week, demand, wishes, before=()):
    """Return every broken rule or wish, in words; an empty list for a week that may stand.

    Parameters
    ----------
    before : what stands in the days before the week
    """
    mobility = [item for item in week.sessions if item.slot == "any time"]
    here = [Session(item) for item in week.sessions if item.slot != "any time"]
    earlier = [Session(item) for item in before if item.slot != "any time" and item.date < week.starts]
    races_after = [race.date for race in wishes.races if 7 <= (race.date - week.starts).days < 14]
    return [
        *complete(week, demand, wishes, here, mobility),
        *day_wishes(wishes, week, here, mobility),
        *within_a_day(wishes, here),
        *between(here, [*earlier, *here], demand),
        *changes(here, demand),
        *before_races(here, races_after),
    ]


def complete(week, demand, wishes, here, mobility):
    """Everything that was asked for stands once, in the seven days."""
    asked = Counter(item.key for item in (*demand.strength, *demand.jumps, *demand.runs))
    races = [race for race in wishes.races if 0 <= (race.date - week.starts).days < 7]
    stands = Counter(item.key for item in here if item.run != "race")
    if stands != asked:
        yield f"asked for {asked}, planned {stands}"
    if sorted(item.date for item in here if item.run == "race") != sorted(race.date for race in races):
        yield "a race is not on its day"
    for part in demand.mobility:
        dates = [item.date for item in mobility if item.key == part.key]
        if not part.at_least <= len(dates) <= part.days or len(set(dates)) < len(dates):
            yield f"{part.key} on {len(dates)} days"
    for later in demand.strength:
        begin = {item.key: item.begin for item in here}
        if later.after and not begin[later.after] < begin[later.key]:
            yield f"{later.key} stands before {later.after}"
    if any(not 0 <= (item.date - week.starts).days < 7 for item in week.sessions):
        yield "something stands outside the week"


def day_wishes(wishes, week, here, mobility):
    """Days, minutes, places, equipment and days kept free."""
    named = {day.weekday: day for day in wishes.days}
    for offset in range(7):
        date = week.starts + dt.timedelta(days=offset)
        today = [item for item in here if item.date == date]
        daily = [item for item in mobility if item.date == date]
        if date in wishes.keep_free and (today or daily):
            yield f"{date} was to be kept free"
        allowed = named.get(date.weekday())
        if allowed is None:
            if daily or any(item.run != "race" for item in today):
                yield f"{date} is not one of the runner's days"
            continue
        strength = sum(i.what.minutes for i in today if not i.run) + sum(i.what.minutes for i in daily)
        running = sum(i.what.minutes for i in today if i.run not in {"", "race"})
        if strength > allowed.minutes:
            yield f"{strength} of {allowed.minutes} minutes on {date}"
        if allowed.run_minutes is not None and running > allowed.run_minutes:
            yield f"{running} of {allowed.run_minutes} minutes of running on {date}"
        if allowed.slots == 1 and len({item.slot for item in today}) > 1:
            yield f"two goes on {date}"
        yield from places(wishes, allowed, today)


def places(wishes, allowed, today):
    for item in today:
        if item.run:
            continue
        if item.what.place and allowed.place and item.what.place != allowed.place:
            yield f"{item.key} is for the {item.what.place}, the day is at the {allowed.place}"
        in_gym = "gym" in {item.what.place, allowed.place}
        if not in_gym and not set(item.what.equipment) <= set(wishes.equipment):
            yield f"{item.key} needs {item.what.equipment}"


def within_a_day(wishes, here):
    """R-052 and R-046 within one day."""
    one_go = {day.weekday for day in wishes.days if day.slots == 1}
    for date in {item.date for item in here}:
        today = [item for item in here if item.date == date]
        runs, lifts, jumps = ([i for i in today if test(i)] for test in (lambda i: i.run, lambda i: i.lift, jumping))
        if max(len(runs), len(lifts), len(jumps)) > 1:
            yield f"two of a kind on {date}"
        if any(i.run == "race" for i in today) and len(today) > 1:
            yield f"something beside a race on {date}"
        for run in runs:
            for lift in (*lifts, *jumps):
                shared = lift.slot == run.slot
                easy = date.weekday() in one_go and lift.lift and not run.quality
                six_hours = (lift.begin - run.end).total_seconds() / 3600 >= 6
                if not (shared and easy) and not (run.begin < lift.begin and six_hours):
                    yield f"R-052: {run.key} {run.slot}, {lift.key} {lift.slot} on {date}"
            if run.quality and jumps:
                yield f"R-046: jumps on the day of {run.key}"
        if any(lift.begin < jump.begin for lift in lifts for jump in jumps):
            yield f"R-046: jumps after strength on {date}"


def jumping(item):
    return item.jumps


def between(here, everything, demand):
    """R-046, R-053 and R-061 over days, also against the days before the week."""
    mine = {id(item) for item in here}
    if sum(item.jumps for item in here) > 2:
        yield "R-046: jumps more than twice"
    for a in everything:
        for b in everything:
            if a is b or b.begin < a.begin or not {id(a), id(b)} & mine:
                continue
            yield from resting(a, b, hours(a, b))
            yield from jumping_between(a, b, hours(a, b))
            if demand.runs_apart and a.run and b.run and (b.date - a.date).days <= 1:
                yield f"R-061: runs on {a.date} and {b.date}"


def resting(a, b, gap):
    """R-053 between an earlier and a later session, `gap` hours apart."""
    long_runs = {"long", "race"}
    if a.lift and (b.quality or b.jumps) and gap and gap < (48 if a.what.heavy else 24):
        yield f"R-053: {a.key} {gap} h before {b.key}"
    if a.lift and b.lift and a.what.heavy and b.what.heavy and gap < 48:
        yield f"{a.key} and {b.key} are heavy, {gap} h apart"
    new = (a.lift and a.what.novel and b.run in long_runs) or (b.lift and b.what.novel and a.run in long_runs)
    if new and gap < 72:
        yield f"R-053: new lowering work {gap} h from a long run ({a.key}, {b.key})"


def jumping_between(a, b, gap):
    """R-046 between an earlier and a later session, `gap` hours apart."""
    if a.jumps and b.jumps and gap < 48:
        yield f"R-046: jumps {gap} h apart"
    if a.run in {"long", "race"} and b.jumps and gap < 24:
        yield f"R-046: {b.key} {gap} h after {a.key}"
    if a.jumps and b.run in {"long", "race"} and (b.date - a.date).days <= 1:
        yield f"R-046: {a.key} right before {b.key}"


def changes(here, demand):
    """R-068: one kind of change in seven days."""
    new = [(item.date, item.what.change) for item in here if item.run and item.what.change]
    new += [demand.last_change] if demand.last_change else []
    for day, kind in new:
        for other, another in new:
            if kind != another and abs((day - other).days) < 7:
                yield f"R-068: {kind} on {day}, {another} on {other}"


def before_races(here, races):
    """R-053 and R-046 towards a race in the week after, which starts in the morning."""
    for date in races:
        start = dt.datetime.combine(date, dt.time(START["morning"]))
        for item in here:
            gap = (start - item.begin).total_seconds() / 3600
            if item.lift and gap < (72 if item.what.novel else 48 if item.what.heavy else 24):
                yield f"R-053: {item.key} {gap} h before the race"
            if item.jumps and (date - item.date).days <= 1:
                yield f"R-046: {item.key} right before the race"
