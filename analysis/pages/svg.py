# Makes an SVG of the drawing library part of a page: colours that follow the page's theme, names of its own.
import re

# Colours of panels.py and side_by_side.py, and the page's variable for each (report.css gives light and dark values).
THEME = {
    "#000000": "ink", "#4c4c4c": "soft", "#666666": "soft", "#ffffff": "paper", "#b0b0b0": "grid",
    "#0072b2": "c0", "#e69f00": "c1", "#009e73": "c2", "#cc79a7": "c3", "#56b4e9": "c4", "#d55e00": "c5",
    "#6b6b6b": "g0", "#a6a6a6": "g1", "#d4d4d4": "g2",
}


def inlined(text, name, alt):
    """An SVG document as an element of a page: `name` begins all its ids, `alt` is read aloud instead of it."""
    text = text[text.index("<svg"):]
    text = re.sub(r"<metadata>.*?</metadata>\s*|<style type=\"text/css\">.*?</style>\s*|<!--.*?-->\s*", "", text,
                  flags=re.S)
    text = re.sub(r'(<image\b[^>]*?) id="[^"]*"', r"\1", text)  # equal pictures have equal ids, and nothing refers to them
    text = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', text)
    text = re.sub(r'\bhref="#([^"]+)"', rf'href="#{name}-\1"', text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", text)
    text = re.sub(r"#[0-9a-f]{6}\b(?=[;\"])", lambda m: f"var(--{THEME[m[0]]})" if m[0] in THEME else m[0], text)
    head, rest = text.split(">", 1)
    head = re.sub(r' (width|height|xmlns|xmlns:xlink|version)="[^"]*"', "", head)
    return f'{head} role="img" aria-label="{escaped(alt)}">{rest.strip()}'


def on_white(text):
    """A transparent SVG document with the ground of paper."""
    head = re.search(r"<svg[^>]*>", text)
    return f'{text[:head.end()]}\n <rect width="100%" height="100%" fill="#ffffff"/>{text[head.end():]}'


def escaped(text):
    for letter, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(letter, entity)
    return text
