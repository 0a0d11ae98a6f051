"""The rules as a drawing: the whole tree or one way to share, with zoom, saving and printing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ferpa_wizard.core.model import Pack
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.diagram import Diagram
from ferpa_wizard.desktop.controls.fields import ChoiceField, Frame
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.outline import OutlineFrame
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.drawing import Drawing
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.rule_reader import RulePart
from ferpa_wizard.desktop.room import PAPER_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.papers import paper_size
from ferpa_wizard.requests.rule_picture import NO_PATH, Path, Picture, basis_picture, tree_picture

if TYPE_CHECKING:
    from ferpa_wizard.desktop.preview import PreviewSheet
    from ferpa_wizard.desktop.printing import Pages
    from ferpa_wizard.documents.pdf import PaperSize

TREE = "The whole tree"
WHAT = "Draw"


class DiagramPart(RulePart):
    """`opened` asks for an entry of the outline."""

    opened = Signal(str)

    def __init__(
        self,
        look: Look,
        desk: Desk,
        choosers: Choosers,
        tell: Callable[[str], None],
        *,
        path: Path = NO_PATH,
    ) -> None:
        super().__init__(look, gap=4)
        self._desk, self._choosers, self._tell, self._path = desk, choosers, tell, path
        self.diagram = Diagram(look, self._picture(0))
        self.diagram.told.connect(self._on_told)
        self.diagram.opened.connect(self.opened)
        self._words = Text(look, "", "small", inset=RING)
        self.add(self._tools())
        self.add(Box(look, OutlineFrame(look, self.diagram), margins=(RING, RING, RING, RING)), 1)
        self.add(self._words)
        self._on_told()
        self.rescale()

    def rescale(self) -> None:
        super().rescale()
        # Room for three lines whatever is said, or the drawing would jump at each step.
        self._words.setMinimumHeight(3 * self.look.line("small"))
        self.diagram.setMinimumHeight(self.look.px(200))

    def _tools(self) -> Flow:
        look = self.look
        self._what = ChoiceField(look, [TREE, *(basis.title for basis in self._desk.pack.bases)], 0, least=28)
        self._what.setAccessibleName(WHAT)
        label = Text(look, WHAT, "small-strong", inset=RING, wraps=False)
        label.setBuddy(self._what)
        self._what.currentIndexChanged.connect(lambda at: self.diagram.show_picture(self._picture(at)))
        acts: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("Larger drawing", "plus", self._larger),
            ("Smaller drawing", "minus", self._smaller),
            ("Fit the width", "", self.diagram.fit),
            ("Save…", "download", self._on_save),
            ("Print…", "printer", self._on_print),
        )
        buttons = []
        for words, icon, act in acts:
            button = Button(look, words, "small", icon=icon)
            button.bare(icon in ("plus", "minus"))
            button.clicked.connect(act)
            if words.endswith("…"):
                button.setAccessibleName(f"{words.removesuffix('…')} the drawing…")
            buttons.append(button)
        return Flow(look, Box(look, label, Frame(look, self._what), across=True), *buttons, gap=2)

    def _picture(self, at: int) -> Picture:
        """The tree first, then the ways to share in their order."""
        pack: Pack = self._desk.pack
        return tree_picture(pack, self._path) if at == 0 else basis_picture(pack, pack.bases[at - 1], self._path)

    def _on_told(self, words: str = "") -> None:
        self._words.say(words or self.diagram.accessibleDescription())

    def _larger(self) -> None:
        self.diagram.zoom(1)

    def _smaller(self) -> None:
        self.diagram.zoom(-1)

    # -- files and paper -------------------------------------------------------------------

    def _drawing(self) -> Drawing:
        return Drawing(self.look, self.diagram.layout_of_it, self.diagram.picture.title)

    def _on_save(self) -> None:
        target = self._choosers.file(self, "Save the drawing", name="rules.svg")
        if target is None:
            return
        try:
            written = self._drawing().save(target)
        except PAPER_ERRORS as error:
            self._tell(str(error))
            return
        self._tell(f"Saved {written.name}.")

    def _on_print(self) -> None:
        from ferpa_wizard.desktop.preview import PreviewSheet

        drawing, title = self._drawing(), self.diagram.picture.title
        try:
            size = paper_size(self._desk.home)
        except PAPER_ERRORS as error:
            self._tell(str(error))
            return

        def draw(paper: PaperSize, ppi: float) -> Sequence[tuple[str, Pages]]:
            return [(title, drawing.sheets(paper, ppi))]

        sheet = PreviewSheet(self.look, self, draw, size)
        sheet.wanted.connect(lambda: self._print(sheet, drawing))
        if sheet.exec() == sheet.DialogCode.Accepted:
            self._tell("Sent to the printer.")
        sheet.deleteLater()

    def _print(self, sheet: PreviewSheet, drawing: Drawing) -> None:
        from ferpa_wizard.desktop.printing import PPI, print_pages, printer_for

        printer = printer_for(sheet.paper, self.diagram.picture.title)
        if not self._choosers.printer(sheet, printer, pages=sheet.pages):
            return
        if print_pages(printer, [drawing.sheets(sheet.paper, PPI)]):
            sheet.accept()
        else:
            sheet.refuse("The printer did not take it. Check the printer, then try again.")
