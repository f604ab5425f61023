"""The one error that a build step raises."""


class PipelineError(Exception):
    """A step can't go on. The text is one line for a person: where, what is wrong and, if known, how to mend it."""

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")
