"""Writes the list of components as CycloneDX, which scanners of known weaknesses read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from components import Component
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component as Listed
from cyclonedx.model.component import ComponentType
from cyclonedx.model.license import DisjunctiveLicense, License
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL


def write(file: Path, components: Iterable[Component], made: datetime) -> None:
    """Write the list; the same components and day give the same bytes. Raises OSError."""
    listed = {component.name: _listed(component) for component in components}
    program = listed.pop("ferpa-wizard")
    program.type = ComponentType.APPLICATION
    bom = Bom(components=listed.values(), metadata=BomMetaData(component=program, timestamp=made))
    bom.register_dependency(program, listed.values())
    bom.serial_number = uuid5(NAMESPACE_URL, "\n".join(str(one.purl) for one in (program, *listed.values())))
    bom.version = 1
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    file.write_text(text + "\n", encoding="utf-8")


def _listed(component: Component) -> Listed:
    return Listed(
        name=component.name,
        version=component.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=component.purl,
        purl=PackageURL.from_string(component.purl),
        licenses=[_licence(component)],
    )


def _licence(component: Component) -> License:
    if component.licence:
        return LicenseFactory().make_from_string(component.licence)
    return DisjunctiveLicense(name=f"see licences/{component.name}/copyright")
