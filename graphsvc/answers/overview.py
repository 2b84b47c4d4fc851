"""Where each controller stands on a day: its flows by footing, and the recipients that nobody names. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from graphsvc.answers.network import Network
from graphsvc.answers.picture.levels import Picture, View
from graphsvc.model import UNKNOWN, Party, Status


@dataclass(frozen=True)
class Standing:
    """Where one controller stands.

    Attributes:
        controller: The controller.
        activities: How many activities it has.
        recipients: How many services its data reaches.
        unnamed: How many of these nobody's name stands behind.
        flows: How many flows its data passes.
        by_status: These by their worst footing.
    """

    controller: Party
    activities: int
    recipients: int
    unnamed: int
    flows: int
    by_status: Mapping[Status, int]


def standings(network: Network) -> Iterator[Standing]:
    """Where each controller of a network stands, by id; counted as its picture counts."""
    for controller, own in groupby(network.activities, key=lambda activity: activity.controller):
        activities = tuple(own)
        picture = Picture(replace(network, activities=activities), View())
        recipients = {drawn.flow.recipient for drawn in picture.all}
        yield Standing(
            network.party(controller),
            len(activities),
            len(recipients),
            sum(network.provider(service).id == UNKNOWN for service in recipients),
            len(picture.all),
            picture.by_status,
        )
