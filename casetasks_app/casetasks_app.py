"""Put together: settings, plugins, pages, gate and guard, jobs → app."""

from casetasks_app import settings
from casetasks_app.process import installed
from casetasks_app.scheduler.clockwork import ticking
from casetasks_app.web import shell
from casetasks_app.web.assembly import assemble
from casetasks_app.web.pages import PAGES

installed.load()
app = assemble(settings.load(), PAGES, **shell.app_settings(), services=[ticking] if settings.load().run_jobs else [])
