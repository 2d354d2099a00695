from __future__ import annotations

import datetime as dt

import pytest

from caunoi.foundation.people.tests.scenes import Scene
from caunoi.surfaces.demonstration.office import Office


@pytest.fixture
def scene(office: Office, now: dt.datetime) -> Scene:
    return Scene(office, now)
