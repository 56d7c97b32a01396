"""The product as it is, with limits that a measurement may pass: one client here does the work of many people."""

from casetasks_app import settings
from casetasks_app.process import installed
from casetasks_app.scheduler.clockwork import ticking
from casetasks_app.web import shell
from casetasks_app.web.assembly import assemble
from casetasks_app.web.limits import Limits
from casetasks_app.web.pages import PAGES

ENDLESS = 1_000_000
LIMITS = Limits(
    events_per_second=ENDLESS,
    events_at_once=ENDLESS,
    connections_per_minute=ENDLESS,
    connections_at_once=ENDLESS,
    open_tabs=ENDLESS,
)

installed.load()
app = assemble(settings.load(), PAGES, limits=LIMITS, services=[ticking], **shell.app_settings())
