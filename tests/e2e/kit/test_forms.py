"""Forms: every kind of row, errors, drafts, files."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[[str], Page]


def test_a_form_shows_what_is_known_and_sends_every_kind(visit: Visit):
    page = visit("/form")
    expect(page.get_by_label("Do not agree")).to_be_checked()
    page.get_by_label("Date of visit").fill("2026-11-26")
    page.get_by_label("Wall").check()
    page.get_by_role("combobox", name="Team").fill("legal")
    page.get_by_role("option", name="Legal advice 4 people").click()
    page.get_by_role("group", name="Garden gate").get_by_label("Yes").check()

    page.get_by_role("button", name="Complete task").click()

    sent = page.locator("#submitted")
    expect(sent).to_contain_text("('day', '2026-11-26')")
    expect(sent).to_contain_text("('parts', ['roof', 'wall'])")
    expect(sent).to_contain_text("('team', '3')")
    expect(sent).to_contain_text("('told', 'no')")
    expect(sent).to_contain_text("'door': {'answer': 'no', 'comment': 'broken'}, 'gate': {'answer': 'yes', 'comment': ''}")


def test_a_refusal_keeps_what_was_typed_and_leads_to_each_field(visit: Visit):
    """X26."""
    page = visit("/form")
    page.get_by_label("Who was present").fill("Nobody")
    page.get_by_role("button", name="Complete task").click()

    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title("Error: Task 3: Advice - HSG-1042 - Case tasks")
    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    summary.get_by_role("link", name="Enter who was present.").click()

    field = page.get_by_label("Who was present")
    expect(field).to_be_focused()
    expect(field).to_have_value("Nobody")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Error: Enter who was present.")
    summary.get_by_role("link", name="Select an answer to").click()
    expect(page.get_by_role("group", name="Is it urgent?").get_by_label("Yes")).to_be_focused()
    summary.get_by_role("link", name="Select a file.").click()
    expect(page.get_by_role("button", name="Choose files")).to_be_focused()


def test_a_draft_is_saved_on_leaving_a_field_with_all_answers(visit: Visit):
    page = visit("/form")

    page.get_by_label("Who was present").fill("Ana and Tom")
    page.keyboard.press("Tab")

    expect(page.get_by_text("Draft saved, 1.")).to_be_visible(timeout=1500)
    expect(page.locator("#draft-data")).to_contain_text("('present', 'Ana and Tom')")


def test_a_draft_is_saved_once_after_a_pause_in_typing(visit: Visit):
    page = visit("/form")

    page.get_by_label("Who was present").press_sequentially("A long name that is typed", delay=20)

    expect(page.get_by_text("Draft saved, 1.")).to_be_visible(timeout=4000)
    expect(page.get_by_text("Draft saved, 2.")).to_have_count(0)


def test_characters_are_counted_from_three_quarters_and_may_be_exceeded(visit: Visit):
    page = visit("/form")
    reason = page.get_by_label("Reason (optional)")

    reason.fill("x" * 74)
    expect(page.get_by_text("characters remaining")).to_have_count(0)
    reason.fill("x" * 99)
    expect(page.get_by_text("You have 1 character remaining.").first).to_be_visible()
    reason.fill("x" * 103)

    expect(page.get_by_text("You have 3 characters too many.").first).to_be_visible()
    expect(reason).to_have_value("x" * 103)


def test_files_are_sent_at_once_listed_and_removed(visit: Visit):
    page = visit("/form")
    chooser = page.locator("input[type=file]")

    chooser.set_input_files({"name": "front.jpg", "mimeType": "image/jpeg", "buffer": b"12345"})
    expect(page.locator("#live")).to_contain_text("front.jpg was added.")
    expect(page.get_by_role("button", name="Remove front.jpg")).to_be_visible()
    page.get_by_role("button", name="Complete task").click()
    expect(page.locator("#submitted")).to_contain_text("('photos', 'front.jpg')")
    page.get_by_role("button", name="Remove front.jpg").click()

    expect(page.get_by_role("button", name="Remove front.jpg")).to_have_count(0)


def test_a_refused_file_says_why_and_can_be_taken_away(visit: Visit):
    page = visit("/form")
    chooser = page.locator("input[type=file]")

    chooser.set_input_files({"name": "bad.png", "mimeType": "image/png", "buffer": b"12345"})
    expect(page.get_by_text("'bad.png' must be a real picture.").first).to_be_visible()
    chooser.set_input_files({"name": "empty.png", "mimeType": "image/png", "buffer": b""})
    expect(page.get_by_text("'empty.png' is empty.")).to_be_visible()
    chooser.set_input_files({"name": "big.png", "mimeType": "image/png", "buffer": b"x" * 1_000_001})
    expect(page.get_by_text("'big.png' must be smaller than 1 MB.")).to_be_visible()
    page.get_by_role("button", name="Remove bad.png").click()

    expect(page.get_by_role("button", name="Try again to upload bad.png")).to_have_count(0)
    expect(page.get_by_role("button", name="Choose files")).to_be_focused()


def test_a_name_is_found_by_arrows_and_chosen_with_enter(visit: Visit):
    """X31: a combobox with a list that says what tells equal names apart."""
    page = visit("/form")
    field = page.get_by_role("combobox", name="Second officer")
    field.press_sequentially("to")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text(["Tom Ellis Surveyors", "Tom Ellis Finance, Legal advice"])
    expect(page.locator("#live")).to_contain_text("2 matches")

    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown"):
        field.press(key)
    expect(field).to_have_attribute("aria-activedescendant", "f-second-1")
    field.press("Enter")

    expect(field).to_have_value("Tom Ellis")
    expect(page.locator("#live")).to_contain_text("Tom Ellis chosen.")
    expect(page.locator("#draft-data")).to_contain_text("('second', '4')")


def test_what_was_typed_and_not_chosen_stays_and_is_sent_as_such(visit: Visit):
    page = visit("/form")
    field = page.get_by_role("combobox", name="Second officer")
    field.press_sequentially("to")
    page.get_by_role("listbox").wait_for()

    field.press("Escape")
    field.press("Tab")

    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("to")
    expect(page.locator("#draft-data")).to_contain_text("('second', 'typed:to')")


def test_a_whole_name_that_only_one_has_is_chosen_by_leaving_the_field(visit: Visit):
    page = visit("/form")
    field = page.get_by_role("combobox", name="Second officer")
    field.press_sequentially("ana ruiz")
    page.get_by_role("listbox").wait_for()

    field.press("Tab")

    expect(field).to_have_value("Ana Ruiz")
    expect(page.locator("#draft-data")).to_contain_text("('second', '1')")


def test_a_choice_in_a_dialog_is_told_at_once_and_keeps_what_was_typed(visit: Visit):
    page = visit("/?new=type")
    page.get_by_label("Task name").fill("Kept")

    page.get_by_label("Task type").select_option("Standard")

    expect(page.get_by_text("Chosen: b")).to_be_visible()
    expect(page.get_by_label("Task name")).to_have_value("Kept")


def test_a_history_folds_long_texts_and_marks_private_notes(visit: Visit):
    page = visit("/history")
    expect(page.get_by_text("Private note")).to_be_visible()
    expect(page.get_by_text("line 59")).to_be_hidden()

    page.get_by_text("Show all 60 lines").click()

    expect(page.get_by_text("line 59")).to_be_visible()


def test_an_unknown_summary_block_is_shown_as_text(visit: Visit):
    page = visit("/history")

    expect(page.get_by_text("roses are red")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Progress")).to_have_js_property("value", 2)


def test_blocks_say_in_words_and_shapes_what_they_show(visit: Visit):
    """S26, X2, X5: rows are named by their first cell, images like their files."""
    page = visit("/history")

    expect(page.get_by_role("rowheader", name="1")).to_be_visible()
    expect(page.locator(".ct-checks > li").first).to_have_text("Front door: brokenNo")
    expect(page.get_by_role("img", name="photo 2.png")).to_be_visible()
    expect(page.get_by_role("link", name="Download photo 2.png, PNG, 1.2 MB")).to_be_visible()
    expect(page.get_by_text("Agree with conditions")).to_have_css("font-weight", "700")
