"""A style sheet without what only its writers need."""

import pytest

from newsroom.render.look.compact import compact


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("a {\n  color: red;\n}\n", "a{color:red}"),
        ("/* why */ a, b > * { margin: 0 auto; }", "a,b>*{margin:0 auto}"),
        ('p::after { content: " (" attr(href) "; {"; }', 'p::after{content:" (" attr(href) "; {"}'),
        ("a { margin: 0.5rem 10.05em 0; }", "a{margin:.5rem 10.05em 0}"),
        ("a :hover { width: calc(1px + 2px); }", "a :hover{width:calc(1px + 2px)}"),
        (
            "@media (min-width: 20em) and (x) { a { b: c; } }",
            "@media (min-width:20em) and (x){a{b:c}}",
        ),
    ],
)
def test_the_rules_stay_the_same(css: str, short: str) -> None:
    """Comments and line breaks go; what separates words and what stands in quotes stays."""
    assert compact(css).strip() == short
