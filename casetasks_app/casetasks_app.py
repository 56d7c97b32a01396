"""Put together: settings, plugins, pages, REST, gate and guard, jobs → app."""

from casetasks_app import settings
from casetasks_app.api import door
from casetasks_app.process import installed
from casetasks_app.scheduler.clockwork import ticking
from casetasks_app.web import shell
from casetasks_app.web.assembly import assemble
from casetasks_app.web.pages import PAGES

installed.load()
services = [ticking] if settings.load().run_jobs else []
app = assemble(settings.load(), PAGES, services=services, apart={door.PREFIX: door.rest}, **shell.app_settings())
