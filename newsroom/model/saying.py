"""A sentence that reads as English and can be said in other languages too."""

from collections.abc import Callable, Iterable, Iterator, Mapping

_CONTEXT = "\x04"  # what stands between a context and its message in gettext's catalogues


class Saying(str):
    """An English sentence that remembers what it was made of.

    It is a text like any other. Whoever knows the language of the person at the desk has it said
    again in that language; the values in it, which may be sayings themselves, stay.
    """

    __slots__ = ("template", "values")

    template: str  # with a {name} for each value
    values: Mapping[str, object]

    def said(self, translate: Callable[[str], str]) -> str:
        """The same sentence, each template of it as `translate` gives it.

        A language may say it otherwise of exactly one thing. A catalogue has that sentence under
        the context `number=1`, where `number` is the name of the value.
        """
        values = {
            name: value.said(translate) if isinstance(value, Saying) else value
            for name, value in self.values.items()
        }
        found = ((form, translate(form)) for form in self._forms())
        template = next((words for form, words in found if words != form), self.template)
        return template.format_map(values)

    def _forms(self) -> Iterator[str]:
        """What a catalogue may have it under, the most particular first."""
        for name, value in self.values.items():
            if value == 1 and type(value) is int:
                yield f"{name}=1{_CONTEXT}{self.template}"
        yield self.template

    def __reduce__(self) -> tuple[Callable[..., "Saying"], tuple[str, Mapping[str, object]]]:
        return told_again, (self.template, self.values)


def say(template: str, /, **values: object) -> Saying:
    """A sentence from its English template; a brace that is meant as such is written twice."""
    saying = Saying(template.format_map(values))
    saying.template = template
    saying.values = values
    return saying


def joined(separator: str, parts: Iterable[str]) -> Saying:
    """Texts one after another, each of which is said in its own words."""
    named = {f"part{number}": part for number, part in enumerate(parts)}
    return say(separator.join(f"{{{name}}}" for name in named), **named)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each of them a saying where it was joined of sayings."""
    if "\n" not in text:
        return (text,)
    parts = tuple(text.values.values()) if isinstance(text, Saying) else ()
    said = tuple(part for part in parts if isinstance(part, str))
    return said if len(said) > 1 and text == "\n".join(said) else tuple(text.split("\n"))


def in_one_line(text: str) -> Saying:
    """A text of several lines as one, for a place that has room for no more."""
    return joined("; ", (line for line in lines(text) if line.strip()))


def told_again(template: str, values: Mapping[str, object]) -> Saying:
    """A saying from what it was made of, when it has been kept."""
    return say(template, **values)
