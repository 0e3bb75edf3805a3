"""A sheet of many texts, written line by line where a workbook's own way is one cell after another."""

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet


class TextSheet(Worksheet):
    """A worksheet, made by `Workbook.add_worksheet(name, TextSheet)`, whose last rows are lines of text alone."""

    _cells: Sequence[Sequence[int | None]] = ()
    """Numbers of the texts among the workbook's shared strings, None for an empty one."""

    def write_lines(self, first_row: int, lines: Sequence[Sequence[str]], style: Format) -> None:
        """Writes equally long lines, all in one format, under everything that is written otherwise."""
        assert self.str_table is not None
        number = self.str_table._get_shared_string_index
        self._cells = [[number(text) if text else None for text in line] for line in lines]
        self._first_row, self._style = first_row, style
        if lines:
            self._check_dimensions(first_row + len(lines) - 1, len(lines[0]) - 1)

    def _write_rows(self) -> None:
        """The rows written cell by cell, then the lines: asked for by the workbook when it is closed."""
        super()._write_rows()
        assert self.fh is not None
        columns = [xl_col_to_name(column) for column in range(len(self._cells[0]))] if self._cells else ()
        style = self._style._get_xf_index()
        for row, line in enumerate(self._cells, self._first_row + 1):
            cells = zip(columns, line, strict=True)
            self.fh.write(f'<row r="{row}">{"".join(_cell(f"{at}{row}", n, style) for at, n in cells)}</row>')


def _cell(place: str, number: int | None, style: int) -> str:
    """A `<c>` element (ECMA-376 part 1, 18.3.1.4)."""
    if number is None:
        return f'<c r="{place}" s="{style}"/>'
    return f'<c r="{place}" s="{style}" t="s"><v>{number}</v></c>'
