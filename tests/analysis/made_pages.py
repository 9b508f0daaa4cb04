# What the tests of the report share: a reader of pages, and pages of files whose truth is known.
import html.parser
import sys

from made_tests import OnFiles

try:
    import jinja2  # noqa: F401
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

from pages import page
from results import Result

WITHOUT_END = {"meta", "link", "br", "hr", "img", "input"}


class Reader(html.parser.HTMLParser):
    """Reads a page: its tags in balance, ids, addresses, texts of table cells, what is visible."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.figures, self.heads, self.text = [], [], [], [], 0, ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in WITHOUT_END:
            self.open.append(tag)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes[a] for a in ("href", "xlink:href", "src", "srcset", "data") if a in attributes]
        self.figures += [attributes] if tag == "svg" else []
        self.heads += tag == "th" and "scope" in attributes

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in WITHOUT_END:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data):
        self.text += data


class OnPages(OnFiles):
    @classmethod
    def render(cls, *names):
        """Text of the page of files, and the folder beside it."""
        folder = cls.path(names[0].removesuffix(".h5") + ".report")
        return page.render([Result(cls.path(n)) for n in names], folder), folder
