"""The table of budgets, as it is printed."""
import textwrap

WIDTHS = (42, 26, 58, 24)
NEXT_ISSUE = "not measured here (next issue)"


class Table:
    def __init__(self):
        self.rows = []
        self.has_failed = False

    def met(self, work, budget, measured, is_met):
        self.rows.append((work, budget, measured, "met" if is_met else "NOT MET"))

    def shown(self, work, measured):
        """A figure without a budget of its own."""
        self.rows.append((work, "–", measured, "–"))

    def left_out(self, work, budget, why=NEXT_ISSUE):
        self.rows.append((work, budget, "–", why))

    def failed(self, work, why):
        """A measurement that broke: neither met nor not met."""
        self.has_failed = True
        self.rows.append((work, "–", f"{why}".partition("\n")[0][:160], "not measured: it broke"))

    @property
    def text(self):
        rule = "  ".join("-" * width for width in WIDTHS)
        lines = [rule, *_lines(("work", "budget", "measured", "verdict")), rule]
        for row in self.rows:
            lines += _lines(row)
        return "\n".join([*lines, rule])


def _lines(row):
    cells = [textwrap.wrap(text, width) or [""] for text, width in zip(row, WIDTHS, strict=True)]
    for k in range(max(map(len, cells))):
        parts = (cell[k] if k < len(cell) else "" for cell in cells)
        yield "  ".join(f"{part:<{width}}" for part, width in zip(parts, WIDTHS, strict=True)).rstrip()
