"""What is said to the people at the desk can be said in Swedish, all of it."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from newsroom import errors
from newsroom.model.saying import say
from newsroom.render.sayings import in_language
from tests.processes import REPOSITORY

PACKAGE = REPOSITORY / "newsroom"
CATALOGUE = PACKAGE / "locale/sv/LC_MESSAGES/desk.po"
ERRORS = {error.__name__ for error in vars(errors).values() if isinstance(error, type)}
SENTENCE = re.compile(r"f.(?!newsroom ).*\b[a-z]+ [a-z]+ [a-z]+ ")  # three words of prose
NOTES_A_PROBLEM = {"error", "warning", "note", "Problem", "Breach", "Finding"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def constants(tree: ast.Module) -> dict[str, str]:
    """The texts that a module names at its top."""
    return {
        target.id: str(node.value.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def is_log(node: ast.Call) -> bool:
    """Whether a call writes to the log, which is English: whoever runs the machine searches it."""
    match node.func:
        case ast.Attribute(value=ast.Name(id="log")):
            return True
    return False


def templates() -> set[str]:
    """The template of each saying in the package."""
    found = set()
    for path, tree in trees():
        if path.name == "saying.py":
            continue
        known = constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "say":
                match node.args[0]:
                    case ast.Constant(value=str(template)):
                        found.add(template)
                    case ast.Name(id=name) if name in known:
                        found.add(known[name])
                    case _:
                        pytest.fail(f"{path}:{node.lineno}: a saying is made from a plain text")
    return found


def swedish() -> dict[str, str]:
    """The catalogue: English to Swedish."""
    with CATALOGUE.open("rb") as file:
        return {
            str(message.id): str(message.string)
            for message in read_po(file)
            if message.id and not message.context
        }


def of_one() -> list[tuple[str, str, str]]:
    """What the catalogue says otherwise of one thing: which value is 1, English, Swedish."""
    with CATALOGUE.open("rb") as file:
        return [
            (message.context, str(message.id), str(message.string))
            for message in read_po(file)
            if message.context
        ]


def placeholders(template: str) -> set[str]:
    """The values that a template shows."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_everything_has_a_translation() -> None:
    """Whatever can be said can be said in Swedish, and the catalogue holds nothing else."""
    assert {english for english, translated in swedish().items() if translated} == templates()


@pytest.mark.parametrize(("english", "translated"), sorted(swedish().items()))
def test_a_translation_shows_the_same_values(english: str, translated: str) -> None:
    """No value is lost on the way, and none is asked for that is not there."""
    assert placeholders(translated) == placeholders(english)


@pytest.mark.parametrize(("context", "english", "translated"), of_one())
def test_a_singular_is_of_a_sentence_and_a_value_in_it(
    context: str, english: str, translated: str
) -> None:
    """It stands under the name of the value that is 1, which it may leave out; no other."""
    name, is_, one = context.partition("=")

    assert (is_, one) == ("=", "1")
    assert name in placeholders(english)
    assert english in swedish()
    assert placeholders(english) - {name} <= placeholders(translated) <= placeholders(english)


def test_one_thing_is_said_in_the_singular() -> None:
    """What the desk reads of one agrees with it."""
    saying = say("{number} unknown", number=1)

    assert in_language(saying, "sv") == "1 oklart"
    assert in_language(say("{number} unknown", number=2), "sv") == "2 oklara"


@pytest.mark.parametrize(
    "room", ["content", "content/folder", "content/foreign", "jobs", "output", "schedule"]
)
def test_no_problem_is_told_past_the_catalogue(room: str) -> None:
    """A text joined by hand, or a bare one, would be English whatever the reader's language."""
    bare = [
        f"{path.name}:{node.lineno}"
        for path, tree in trees()
        if path.parent == PACKAGE / room
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in NOTES_A_PROBLEM and not is_log(node)
        for argument in [*node.args[-2:], *(word.value for word in node.keywords)]
        if isinstance(argument, ast.JoinedStr)
        or (isinstance(argument, ast.Constant) and " " in str(argument.value))
    ]
    joined = [
        f"{path.name}:{node.lineno}"
        for path, tree in trees()
        if path.parent == PACKAGE / room
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.JoinedStr)
        and any(isinstance(t, ast.Name) and t.id in {"message", "fix"} for t in node.targets)
    ]

    assert bare + joined == []


@pytest.mark.parametrize("room", ["content", "jobs", "wiring", "cli"])
def test_what_an_error_of_ours_says_stays_a_saying(room: str) -> None:
    """Whoever takes one of our errors passes its sentence on, not the English text of it."""
    lost = [
        f"{path.name}:{handler.lineno}"
        for path, tree in trees()
        if path.is_relative_to(PACKAGE / room)
        for handler in ast.walk(tree)
        if isinstance(handler, ast.ExceptHandler) and handler.name and takes_ours(handler)
        for node in ast.walk(handler)
        if handler.name in as_text(node)
    ]

    assert lost == []


def takes_ours(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes errors that newsroom raises on purpose."""
    named = ast.walk(handler.type) if handler.type else ()
    return any(isinstance(node, ast.Name) and node.id in ERRORS for node in named)


def as_text(node: ast.AST) -> set[str]:
    """The names whose values are made a plain text there: str(x), f"{x}", say(…, y=x)."""
    match node:
        case ast.Call(func=ast.Name(id="str"), args=[ast.Name(id=name)]):
            return {name}
        case ast.FormattedValue(value=ast.Name(id=name)):
            return {name}
        case ast.Call(func=ast.Name(id="say"), keywords=values):
            return {word.value.id for word in values if isinstance(word.value, ast.Name)}
    return set()


def test_no_job_joins_a_sentence_by_hand() -> None:
    """Words around a value are said, but for what goes into the log or the ledger.

    A command to be typed is no sentence: it is the same in every language.
    """
    bare = [
        f"{path.name}:{node.lineno}"
        for path, tree in trees()
        if path.is_relative_to(PACKAGE / "jobs")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) != "pause" and not is_log(node)
        for argument in [*node.args, *(word.value for word in node.keywords)]
        if isinstance(argument, ast.JoinedStr) and SENTENCE.match(ast.unparse(argument))
    ]

    assert bare == []


TOLD = {"reason", "note", "sentence", "why", "fault", "waits_for"}  # values that may be sayings


def test_a_reason_is_no_bare_text() -> None:
    """What the ledger, a job or a status says of a reason is read at the desk, in its language."""
    bare = [
        f"{path.relative_to(PACKAGE)}:{word.value.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg in TOLD
        and isinstance(word.value, ast.Constant)
        and str(word.value.value).count(" ") > 1
    ]

    assert bare == []


def test_a_reason_is_not_pasted_into_a_text() -> None:
    """f"{lane}: {reason}" is English for good: the reason no longer knows what it was made of."""
    pasted = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
        if isinstance(part, ast.FormattedValue)
        and isinstance(part.value, ast.Attribute)
        and part.value.attr in TOLD
    ]

    assert pasted == []


def test_no_error_is_raised_past_the_catalogue() -> None:
    """Whatever stops a command is told in the language of the desk too."""
    bare = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and called(node.exc) in ERRORS
        for argument in node.exc.args
        if isinstance(argument, ast.JoinedStr | ast.Constant)
    ]

    assert bare == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("sv", 'datumet "nu" … är inget datum'),
        ("sv-FI", 'datumet "nu" … är inget datum'),
        ("fi", 'datumet "nu" … is not a date'),
        ("en", 'datumet "nu" … is not a date'),
    ],
)
def test_a_saying_in_a_language(lang: str, words: str) -> None:
    """A language without a catalogue reads English; a region reads its language."""
    saying = say(
        "{field} {written} is {what}", field="datumet", written='"nu" …', what=say("not a date")
    )

    assert in_language(saying, lang) == words


def test_what_is_no_saying_stays() -> None:
    """What a person wrote is nobody's to translate."""
    assert in_language("warning", "sv") == "warning"
