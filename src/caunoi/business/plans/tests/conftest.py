"""What the tests of plans share."""

from __future__ import annotations

import pytest

from caunoi.business.plans.tests.scenes import Scene, scene
from caunoi.surfaces.demonstration.office import Office


@pytest.fixture
def place(office: Office) -> Scene:
    """Return the office with a plan being written."""
    return scene(office)
