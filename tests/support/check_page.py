"""Reads a page of HTML (a file, or standard input) and says what is wrong with it, a line a fault:
tags that are not closed in order, an id twice, a link to nowhere, anything that could run or could
ask somebody. Silence and status 0: nothing is. With --text it prints what a reader reads instead,
a line an element that holds text, as TAG.CLASS: TEXT.
"""
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input", "base", "source", "wbr", "col", "area", "embed"}
KNOWN = set("""html head meta title style body h1 h2 h3 h4 p div span a article section dl dt dd table
thead tbody tr th td code mark details summary figure figcaption svg g rect line text tspan""".split())
ATTRIBUTES = set("""lang charset http-equiv content name class id href scope data-label role aria-label
height width x y x1 x2 y1 y2 fill text-anchor""".split())


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.links, self.texts, self.policy = [], [], set(), [], [], ""

    def handle_starttag(self, tag, attrs):
        # A browser gives back `title` of SVG and `rect` with an end tag of their own.
        if tag not in KNOWN:
            self.faults.append(f"element {tag}")
        for name, value in attrs:
            self.attribute(tag, name, value or "")
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def attribute(self, tag, name, value):
        if name not in ATTRIBUTES:
            self.faults.append(f"attribute {name} of {tag}")
        if name == "id":
            if value in self.ids:
                self.faults.append(f"id {value} twice")
            self.ids.add(value)
        if name == "href":
            self.links.append(value)
        if name == "content" and "default-src" in value:
            self.policy = value

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.faults.append(f"</{tag}> where {self.open[-1:]} is open")
        else:
            self.open.pop()

    def handle_data(self, data):
        if data.strip() and self.open and self.open[-1][0] not in ("style",):
            tag, name = self.open[-1]
            self.texts.append(f"{tag}{'.' + name if name else ''}: {' '.join(data.split())}")

    def finish(self):
        self.close()
        if self.open:
            self.faults.append(f"not closed: {self.open}")
        if not self.policy.startswith("default-src 'none';"):
            self.faults.append(f"policy {self.policy!r}")
        for link in self.links:
            if not link.startswith("#") or link[1:] not in self.ids:
                self.faults.append(f"link {link}")


arguments = sys.argv[1:]
page = Page()
names = [a for a in arguments if a != "--text"]
data = open(names[0], "rb").read() if names else sys.stdin.buffer.read()
page.feed(data.decode("utf-8"))  # one ill-formed byte is a fault, and loud
page.finish()
if "--text" in arguments:
    print("\n".join(page.texts))
else:
    print("\n".join(sorted(set(page.faults))), end="")
    sys.exit(1 if page.faults else 0)
