"""A network that was fetched for a time gives the network of each day in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.network import Network
from graphsvc.model import Activity, Flow
from tests.builders import activity, flow, law, order

DAYS = [f"2024-0{month}-01" for month in range(1, 8)]
PERIODS = st.tuples(st.none() | st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS))


def dated(period: tuple[str | None, str | None]) -> dict[str, str]:
    return {key: day for key, day in zip(("valid_from", "valid_until"), period, strict=True) if day}


def made(flows: list[Flow], activities: list[Activity], on: str, until: str | None = None) -> Network:
    return Network.of(on, law(), order(), activities, flows, [], [], until=until)


@given(st.lists(PERIODS, max_size=6), PERIODS, st.lists(st.sampled_from(DAYS), min_size=3, max_size=3))
def test_each_day_of_a_time_is_as_if_it_had_been_fetched_alone(
    periods: list[tuple[str | None, str | None]], of_activity: tuple[str | None, str | None], days: list[str]
):
    first, day, last = sorted(days)
    flows = [
        Flow.from_body(flow("news", f"s{number}", id=f"f{number}", **dated(period)))
        for number, period in enumerate(periods)
    ]
    activities = [Activity.from_body(activity("news", "shop", **dated(of_activity)))]
    assert made(flows, activities, first, last).at(day) == made(flows, activities, day)
