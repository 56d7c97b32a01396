"""Whatever a configuration holds, the file it is written to reads back the same."""

from hypothesis import HealthCheck, given, settings

from casetasks_app.configuration import yaml
from casetasks_app.configuration.setups import Configuration, in_order
from tests.unit.configuration.drawing import CONFIGURATIONS
from tests.unit.configuration.setting_up import a_configuration, a_task


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(CONFIGURATIONS)
def test_a_written_configuration_reads_back_equal_and_is_written_the_same(configuration: Configuration) -> None:
    text = yaml.written(configuration)

    again = yaml.parsed(text).configuration

    assert again == in_order(configuration)
    assert yaml.written(again) == text


def test_a_whole_number_is_written_the_same_whether_it_came_as_2_or_as_2_0() -> None:
    whole, decimal = (yaml.written(a_configuration(a_task(plugin_settings={"amount": amount}))) for amount in (2, 2.0))

    assert whole == decimal
