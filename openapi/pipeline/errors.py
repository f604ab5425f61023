"""The one error that a build step raises."""


class PipelineError(Exception):
    """A step can't go on. The text is one line for a person: where, what is wrong and, if known, how to mend it."""

    def __init__(self, where: str, what: str) -> None:
        self.where = _one_line(where)
        self.what = _one_line(what)
        super().__init__(f"{self.where}: {self.what}")


_KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}


def kind_of(one: type) -> str:
    """What whoever writes a document calls the values of a type of Python."""
    return _KINDS.get(one, f"a {one.__name__}")


def _one_line(text: str) -> str:
    """``text`` without its line breaks: names and values of a document that is wrong may hold some."""
    return " ".join(text.split())
