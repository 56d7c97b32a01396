"""Reading XML that strangers wrote: no document types, no entities, bounded in size and depth, every tag with its line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

LARGEST = 2_000_000
MOST_TAGS = 20_000
DEEPEST = 60

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DRAWING = "http://www.omg.org/spec/BPMN/20100524/DI"


class SourceRefused(Exception):
    """The text is not XML that may be read; `line` says where."""

    def __init__(self, message: str, line: int = 1) -> None:
        """Keep the line for the problem that is made from this."""
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class Tag:
    """One element of an XML file; attributes without a namespace are under their plain name."""

    space: str
    name: str
    line: int
    attributes: dict[str, str]
    foreign: dict[tuple[str, str], str]
    children: list["Tag"] = field(default_factory=list["Tag"])
    text: str = ""

    def get(self, name: str, default: str = "") -> str:
        """An attribute of BPMN itself, stripped."""
        return self.attributes.get(name, default).strip()

    def says(self, name: str, default: str = "false") -> bool:
        """Whether an attribute of BPMN says yes, in either spelling of XML."""
        return self.get(name, default) in {"true", "1"}

    def named(self, *names: str) -> Iterator["Tag"]:
        """The BPMN children with one of these names."""
        return (child for child in self.children if child.space == BPMN and child.name in names)

    def first(self, name: str) -> "Tag | None":
        """The first BPMN child with this name."""
        return next(self.named(name), None)

    def everything(self) -> Iterator["Tag"]:
        """This tag and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.everything()


def read(text: str) -> Tag:
    """The root of the file. Raises SourceRefused, and nothing else, for whatever is not XML or not safe."""
    if len(text) > LARGEST:
        raise SourceRefused(f"the file is longer than {LARGEST:,} characters")
    builder = _Builder()
    try:
        builder.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as refusal:
        raise SourceRefused(f"this is not XML: {expat.ErrorString(refusal.code)}", refusal.lineno) from refusal
    if builder.root is None:
        raise SourceRefused("the file is empty")
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root: Tag | None = None
        self._open: list[Tag] = []
        self._count = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def _refuse_doctype(self, *_: object) -> None:
        raise SourceRefused("a document type or an entity is not accepted", self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_TAGS:
            raise SourceRefused(f"the file has more than {MOST_TAGS:,} elements", self.parser.CurrentLineNumber)
        if len(self._open) >= DEEPEST:
            raise SourceRefused(f"elements are nested deeper than {DEEPEST}", self.parser.CurrentLineNumber)
        split = {_split(key): value for key, value in attributes.items()}
        own = {key: value for (space, key), value in split.items() if not space}
        foreign = {key: value for key, value in split.items() if key[0]}
        tag = Tag(*_split(name), self.parser.CurrentLineNumber, own, foreign)
        if self._open:
            self._open[-1].children.append(tag)
        else:
            self.root = tag
        self._open.append(tag)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].text += text


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition(" ")
    return space, local
