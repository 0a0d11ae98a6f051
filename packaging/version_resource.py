"""What Windows shows under Properties, Details of the program's file."""

from __future__ import annotations

from pathlib import Path

TEMPLATE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "FERPA Wizard"),
      StringStruct("FileDescription", "FERPA Wizard"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "ferpa-wizard"),
      StringStruct("LegalCopyright", "Apache-2.0"),
      StringStruct("OriginalFilename", "ferpa-wizard.exe"),
      StringStruct("ProductName", "FERPA Wizard"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [0x409, 1200])]),
  ],
)
"""


def write(file: Path, version: str) -> str:
    """Write the resource for this version as PyInstaller reads it; the file's place. Raises OSError or ValueError."""
    first, second, third = (int(part) for part in version.split("."))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(TEMPLATE.format(numbers=(first, second, third, 0), version=version), encoding="utf-8")
    return str(file)
