"""Files: choosing or dropping them, sending them at once, and the list of those that are there."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from casetasks_app.web import form_messages, messages
from casetasks_app.web.ui.browser import Uploader
from casetasks_app.web.ui.buttons import hidden_text
from casetasks_app.web.ui.fields import described_by, field_id, hint_and_error
from casetasks_app.web.ui.form_rows import ShownFile
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.values import Prop, Text, is_set, joined

WORDS = {
    "choose": messages.CHOOSE_FILES,
    "drop": messages.OR_DROP,
    "uploading": messages.UPLOADING,
    "uploaded": messages.UPLOADED,
    "failed": messages.UPLOAD_FAILED,
    "empty": messages.FILE_EMPTY,
    "wrongKind": form_messages.FILE_WRONG_KIND,
    "tooBig": messages.FILE_TOO_BIG,
    "again": messages.TRY_AGAIN,
    "againName": messages.TRY_FILE_AGAIN,
    "remove": messages.REMOVE,
    "removeName": messages.REMOVE_FILE,
    "notSent": messages.NOT_SENT,
}


@dataclass(frozen=True)
class Upload:
    """Where files go and who is told: `on_uploaded(field, stored)` with the route's JSON answer, `on_remove(field, file_id)`."""

    url: Text
    on_uploaded: Any
    on_remove: Any


def uploader(name: Text, url: Text, on_uploaded: Prop, *, hint: Text = "", error: Text = "", **props: Prop) -> rx.Component:
    """Draw the button and drop zone. Each file is posted by itself as multipart field `file`, with progress in words.

    The route answers 2xx with JSON, given to `on_uploaded(stored)`; anything else with `{"detail": "sentence"}`.
    `accept` and `limit` (bytes) only spare people a wait; the route decides.
    """
    return Uploader.create(
        id=field_id(name),
        url=url,
        words=WORDS,
        on_uploaded=on_uploaded,
        describedby=described_by(name, hint, error),
        invalid=is_set(error),
        **props,
    )


def files_field(
    name: Text, label: Text, present: rx.Var[list[ShownFile]], upload: Upload, *, hint: Text = "", error: Text = "", **props: Prop
) -> rx.Component:
    """Draw a question for files: those already there, each removable, and the uploader; their ids are sent with the form."""

    def one(file: rx.Var[ShownFile]) -> rx.Component:
        return rx.el.li(
            rx.el.input(type="hidden", name=name, value=file.file_id),
            rx.cond(file.preview, thumbnail(file), icon("file_text", class_name="shrink-0 mx-2")),
            rx.el.span(_named(file), rx.el.span(file.size, class_name="ct-hint block"), class_name="grow min-w-0 break-words"),
            rx.el.button(
                messages.REMOVE, hidden_text(" ", file.name), type="button", data_mutates="", class_name="ct-button", data_size="small",
                on_click=upload.on_remove(name, file.file_id),
            ),
            class_name="flex items-center gap-3 text-sm border border-line rounded p-2",
            key=file.file_id,
        )  # fmt: skip

    def stored(answer: rx.Var[dict[str, Any]]) -> Prop:
        return upload.on_uploaded(name, answer)

    return rx.el.fieldset(
        # Not a label: the button keeps the name that is seen on it.
        rx.el.legend(label, class_name="font-medium mb-2"),
        *hint_and_error(name, hint, error),
        rx.el.ul(rx.foreach(present, one), class_name="flex flex-col gap-2 empty:hidden"),
        uploader(name, upload.url, stored, hint=hint, error=error, **props),
        class_name="ct-field flex flex-col gap-2",
        data_invalid=rx.cond(error, "true", "false") if isinstance(error, rx.Var) else str(bool(error)).lower(),
    )


def file_field(row: Prop, upload: Upload) -> rx.Component:
    """Draw the files row of a form."""
    limits = {"accept": row.accept, "kinds": row.kinds, "limit": row.max_bytes}
    return files_field(row.name, row.label, row.files, upload, hint=row.hint, error=row.error, **limits)


def thumbnail(file: rx.Var[ShownFile], size: str = "") -> rx.Component:
    """Draw a small picture of an image, named like its file, that opens the whole one."""
    image = rx.el.img(src=file.preview, alt=file.name, loading="lazy", class_name="ct-thumb", data_size=size)
    return rx.el.a(
        hidden_text(form_messages.OPEN),
        image,
        hidden_text(form_messages.NEW_TAB),
        href=file.preview,
        target="_blank",
        rel="noopener",
        reload_document=True,
        class_name="shrink-0",
    )


def file_list(files: rx.Var[list[ShownFile]]) -> rx.Component:
    """Draw files to download, images with a small picture: "Download plan.pdf, PDF, 1.2 MB". One without an address is only named."""

    def one(file: rx.Var[ShownFile]) -> rx.Component:
        small = rx.cond(file.preview, thumbnail(file), icon("paperclip", class_name="shrink-0 mx-1"))
        return rx.el.li(small, _download(file), class_name="flex items-center gap-2 text-sm min-w-0")

    return rx.el.ul(rx.foreach(files, one), class_name="flex flex-col gap-2")


def photo_list(files: rx.Var[list[ShownFile]]) -> rx.Component:
    """Draw images beside each other, each with its name below."""

    def one(file: rx.Var[ShownFile]) -> rx.Component:
        return rx.el.li(thumbnail(file, "large"), _download(file), class_name="flex flex-col gap-1 text-sm min-w-0")

    return rx.el.ul(rx.foreach(files, one), class_name="ct-photos")


def _download(file: rx.Var[ShownFile]) -> rx.Component:
    about = rx.el.span(rx.cond(file.kind, joined(file.kind, ", "), ""), file.size, class_name="ct-hint")
    opened = rx.el.a(
        hidden_text(messages.DOWNLOAD),
        rx.el.span(file.name, ", ", about),
        href=file.href,
        download=True,
        reload_document=True,
        class_name="ct-link min-w-0 break-words",
    )
    return rx.cond(file.href, opened, rx.el.span(file.name, class_name="min-w-0 break-words"))


def _named(file: rx.Var[ShownFile]) -> rx.Component:
    download = rx.el.a(
        hidden_text(messages.DOWNLOAD), file.name, href=file.href, download=True, reload_document=True, class_name="ct-link inline"
    )
    return rx.cond(file.href, download, rx.el.span(file.name))
