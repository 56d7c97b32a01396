"""What may stand in a condition, and what is refused before anything is worked out.

Names, dotted names, numbers, quoted text, lists, comparisons, `and`, `or`, `not`, `in`, `len(…)` and `lower(…)`.
The spellings of JUEL are understood too: `${…}`, `&&`, `||`, `!`, `true`, `false`, `null`, `eq`, `ne`, `lt`, `gt`,
`le`, `ge`.
"""

import ast
import re
import textwrap
from functools import lru_cache

LONGEST = 1_000
MOST_PARTS = 200
DEEPEST = 25

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<number>\d+(?:\.\d+)?(?![\w.]))
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign>&&|\|\||==|!=|<=|>=|[<>!()\[\],.-])
    )""",
    re.VERBOSE | re.DOTALL,
)
_SPELLINGS = {
    "&&": "and", "||": "or", "!": "not", "true": "True", "false": "False", "null": "None",
    "eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
}  # fmt: skip
_FUNCTION_NAMES = frozenset({"len", "lower"})
RESERVED = (
    frozenset({"and", "or", "not", "in", "is", "if", "else", "for", "True", "False", "None"})
    | _FUNCTION_NAMES
    | {spelling for spelling in _SPELLINGS if spelling.isalpha()}
)
_ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.Eq, ast.NotEq,
    ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Name, ast.Attribute, ast.Load, ast.Constant,
    ast.List, ast.Tuple, ast.Call,
)  # fmt: skip


class ExpressionRefused(ValueError):
    """An expression that is not of the small language, or that cannot be worked out; `reason` says why."""

    def __init__(self, text: str, reason: str) -> None:
        """Keep the expression (shortened) and the reason for messages."""
        self.text = textwrap.shorten(text, 80, placeholder=" …")
        self.reason = reason
        super().__init__(f"{self.text!r}: {reason}")


def names_in(text: str) -> set[str]:
    """The variables `text` reads: of `case.title` only `case`. Raises ExpressionRefused for another language."""
    return set(_names_in(text))


@lru_cache(maxsize=1_000)
def _names_in(text: str) -> frozenset[str]:
    parts = list(ast.walk(parsed(text)))
    called = {id(part.func) for part in parts if isinstance(part, ast.Call)}
    return frozenset(part.id for part in parts if isinstance(part, ast.Name) and id(part) not in called)


@lru_cache(maxsize=1_000)
def parsed(text: str) -> ast.Expression:
    """The tree of `text`, which holds nothing but the language. Raises ExpressionRefused."""
    if len(text) > LONGEST:
        raise ExpressionRefused(text, f"longer than {LONGEST:,} characters")
    translated = _translated(text)
    try:
        tree = ast.parse(translated, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as refusal:
        raise ExpressionRefused(text, "it cannot be read as a condition") from refusal
    reason = _unwanted(tree)
    if reason:
        raise ExpressionRefused(text, reason)
    return tree


def _translated(text: str) -> str:
    inner = _unwrapped(text)
    words: list[str] = []
    position = 0
    while position < len(inner):
        token = _TOKEN.match(inner, position)
        if token is None:
            raise ExpressionRefused(text, f"{inner[position:].strip()[:1]!r} is not understood here")
        position = token.end()
        words.append(_word(token))
    if not words:
        raise ExpressionRefused(text, "it is empty")
    return " ".join(words)


def _unwrapped(text: str) -> str:
    stripped = text.strip()
    if stripped[:2] in {"${", "#{"} and stripped.endswith("}"):
        return stripped[2:-1].strip()
    return stripped


def _word(token: re.Match[str]) -> str:
    word = token.group().strip()
    if token.group("text"):
        return repr(re.sub(r"\\(.)", r"\1", word[1:-1], flags=re.DOTALL))
    if token.group("number"):
        return word if "." in word else str(int(word))
    return _SPELLINGS.get(word, word)


def _unwanted(tree: ast.Expression) -> str | None:
    parts = list(ast.walk(tree))
    if len(parts) > MOST_PARTS or _is_deeper(tree, DEEPEST):
        return "it has too many parts"
    return next(filter(None, map(_unwanted_part, parts)), None) or _uncalled(parts)


def _unwanted_part(part: ast.AST) -> str | None:
    if not isinstance(part, _ALLOWED):
        return f"{type(part).__name__} is not part of the language of conditions"
    if isinstance(part, ast.Call) and not _is_known_call(part):
        return "only len(…) and lower(…) can be called, each with one value"
    if isinstance(part, ast.Attribute) and part.attr.startswith("_"):
        return "names may not begin with an underscore"
    return None


def _uncalled(parts: list[ast.AST]) -> str | None:
    called = {id(part.func) for part in parts if isinstance(part, ast.Call)}
    named = (part for part in parts if isinstance(part, ast.Name) and part.id in _FUNCTION_NAMES)
    return next((f"{part.id} needs a value in brackets" for part in named if id(part) not in called), None)


def _is_known_call(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in _FUNCTION_NAMES and len(call.args) == 1 and not call.keywords


def _is_deeper(node: ast.AST, levels: int) -> bool:
    return levels == 0 or any(_is_deeper(child, levels - 1) for child in ast.iter_child_nodes(node))
