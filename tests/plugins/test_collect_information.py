"""Collecting information: questions from the task type, asked until the answers are enough."""

import pytest

from casetasks_app.play import Play
from casetasks_app.task_types.forms import Problems
from casetasks_app.task_types.summary import Facts, Files, Progress, Table, Text

QUESTIONS = {"questions": "How old is the tree?\n\n Who planted it? "}


@pytest.fixture
def collect(plugins):
    return plugins["collect_information"]


@pytest.fixture
def play(collect):
    return Play(collect, QUESTIONS)


def test_what_is_not_enough_is_asked_again(play):
    """S9."""
    assert play.whose("answer") == "team 7"
    play.do("answer", answer_1="50 years", unknown_2=True)

    assert play.whose("check") == "case manager"
    play.do("check", enough="no", missing="Look at the plaque.")

    assert play.whose("answer") == "team 7"
    play.do("answer", answer_1="50 years", answer_2="The mayor")
    play.do("check", enough="yes")

    assert (play.state.status, play.state.outcome) == ("closed", "answered")


def test_each_question_is_answered_or_said_to_be_unknown(play):
    refused = play.try_("answer", answer_1="", unknown_2="on", answer_2="typed before it was ticked")

    assert isinstance(refused, Problems)
    assert refused.by_field == {"answer_1": "Enter an answer to “How old is the tree?”."}


def test_what_is_still_missing_is_needed_only_when_it_is_not_enough(play):
    play.do("answer", answer_1="50 years", answer_2="The mayor")

    refused = play.try_("check", enough="no")

    assert isinstance(refused, Problems)
    assert refused.by_field == {"missing": "Enter what is still missing."}
    assert play.try_("check", enough="yes", missing="typed before") == {"enough": "yes"}


def test_its_view_counts_and_pairs_questions_with_answers(play):
    """S25, S26."""
    before = play.blocks()

    play.do("answer", answer_1="50 years", unknown_2=True, files=["12"])
    play.do("check", enough="no", missing="Look at the plaque.")

    assert before[0] == Progress(0, 2, "answered 0 of 2")
    assert before[1].rows == (("How old is the tree?", "Not answered yet"), ("Who planted it?", "Not answered yet"))
    assert play.blocks() == (
        Progress(1, 2, "answered 1 of 2"),
        Table(
            ("Question", "Answer"),
            (("How old is the tree?", "50 years"), ("Who planted it?", "Does not have this information")),
            title="Answers from Tom Ellis, Thursday 19 November 2026, 10:02",
        ),
        Files((("12", "photo.jpg"),)),
        Text("Look at the plaque.", title="Asked again", byline="Priya Shah, Friday 20 November 2026, 10:02"),
    )


def test_its_view_says_when_the_answers_were_enough(play):
    """S25."""
    play.do("answer", answer_1="50 years", answer_2="The mayor")
    play.do("check", enough="yes")

    assert play.blocks()[-1] == Facts((("Is this enough?", "Yes"), ("Checked by", "Priya Shah, Friday 20 November 2026, 10:02")))


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ("", "Enter at least one question."),
        ("\n".join(map(str, range(31))), "Questions must be 30 lines or less."),
        ("x" * 201, "Each question must be 200 characters or less."),
    ],
)
def test_questions_nobody_could_answer_are_refused(collect, settings_problems, questions, sentence):
    assert settings_problems(collect, questions=questions) == {"questions": sentence}


def test_thirty_questions_of_the_longest_length_can_be_asked(collect, settings_problems):
    questions = "\n".join(f"{number:200}".replace(" ", "x") for number in range(30))

    assert settings_problems(collect, questions=questions) == {}
    assert len(Play(collect, {"questions": questions}).form("answer").__rows__) == 61
