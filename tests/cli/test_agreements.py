"""The register from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ferpa_wizard.cli import codes, main

Out = pytest.CaptureFixture[str]
TABLE = """\
id,party,schools,basis,items,ends,requester,papers-ferpa-studies
one,Study House,,ferpa-studies,"name\ntest-scores",2020-01-31,provider,"st.1\nst.6"
two,=Reading,Oak,ferpa-studies,name,2099-01-31,provider,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "in.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_table_is_taken_over_listed_and_written_again(capsys: Out, table: Path, tmp_path: Path) -> None:
    assert main(["agreements", "import", str(table)]) == codes.FINE
    capsys.readouterr()
    assert main(["agreements", "list", "--json"]) == codes.FINE
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["id"], first["answers"]["papers-ferpa-studies"]) == ("one", ["st.1", "st.6"])
    assert first["days_left"] < 0 < second["days_left"]
    assert main(["agreements", "list"]) == codes.FINE
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["one", "two"]
    out = tmp_path / "out.csv"
    assert main(["agreements", "export", str(out)]) == codes.FINE
    assert "'=Reading" in out.read_text(encoding="utf-8")
    assert main(["agreements", "public", str(tmp_path / "list.html")]) == codes.FINE
    page = (tmp_path / "list.html").read_text(encoding="utf-8")
    assert "=Reading" in page and "Study House" not in page


def test_bad_rows_and_a_missing_file_name_end_with_one_line_each(capsys: Out, table: Path) -> None:
    table.write_text(TABLE.replace("2020-01-31", "soon").replace("Oak,ferpa-studies", "Oak,no-such"), encoding="utf-8")
    assert main(["agreements", "import", str(table)]) == codes.INPUT
    told = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1] for line in told] == ["2", "5"]
    assert main(["agreements", "list"]) == codes.FINE
    assert capsys.readouterr().out == ""
    assert main(["agreements", "export"]) == codes.INPUT
    assert main(["agreements", "import", str(table.parent / "none.csv")]) == codes.DISK
