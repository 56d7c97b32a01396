"""The outbox, for administrators: which mails failed, wait, and were sent, and trying them again."""

from casetasks_app.web import routes, shell
from casetasks_app.web.page import Page
from casetasks_app.web.pages.emails import texts
from casetasks_app.web.pages.emails.page import emails
from casetasks_app.web.pages.emails.state import Emails

PAGE = Page(route=routes.EMAILS, component=emails, title=shell.title(texts.EMAILS), on_load=(Emails.open, Emails.watch))
