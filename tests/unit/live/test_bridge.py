"""What the bridge makes of a notification from another process."""

import pytest

from casetasks_app.live import topics
from casetasks_app.live.bridge import topics_in


def test_the_topics_of_a_commit_arrive_as_they_were_sent():
    assert topics_in('["case:1", "team:2"]') == {"case:1", "team:2"}


@pytest.mark.parametrize("payload", ["", "{", "null", "5", '"case:1"', '{"a": 1}', "[1]", '["case:1", null]'])
def test_a_notification_that_cannot_be_read_means_that_everything_may_have_changed(payload):
    assert topics_in(payload) == {topics.EVERYTHING}
