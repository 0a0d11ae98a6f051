"""What IT takes for managing the settings: JSON schema, administrative template, a table for the documentation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape, quoteattr

from ferpa_wizard.core.settings import SETTINGS, Setting

PRODUCT = "FERPA Wizard"
REGISTRY = rf"Software\Policies\{PRODUCT}"
_ADMX = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def schema() -> str:
    """The schema of a policy file, JSON Schema 2020-12."""
    told = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Policy of {PRODUCT}",
        "type": "object",
        "properties": {"$schema": {"type": "string"}, **{one.id: _type(one) for one in SETTINGS}},
        "additionalProperties": False,
    }
    return json.dumps(told, indent=2) + "\n"


def _type(setting: Setting) -> dict[str, object]:
    told: dict[str, object] = {"title": setting.title, "description": setting.says}
    match setting.kind:
        case "number":
            return {**told, "type": "integer", "minimum": setting.least, "maximum": setting.most}
        case "texts":
            return {**told, "type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}
        case "choice":
            return {**told, "enum": list(setting.choices)}
        case "folder" | "home":
            begins = r"/|\\\\|[A-Za-z]:[/\\]" + (r"|~$|~[/\\]" if setting.kind == "home" else "")
            return {**told, "type": "string", "pattern": f"^({begins})"}
    return {**told, "type": "string", "minLength": 1}


def admx() -> str:
    """The administrative template: a policy for each setting, under the computer's policies."""
    return _HEAD + (
        f'<policyDefinitions xmlns="{_ADMX}" revision="1.0" schemaVersion="1.0">\n'
        '  <policyNamespaces><target prefix="ferpa" namespace="FerpaWizard.Policies" /></policyNamespaces>\n'
        '  <resources minRequiredRevision="1.0" />\n'
        "  <supportedOn><definitions>"
        '<definition name="any" displayName="$(string.any)" /></definitions></supportedOn>\n'
        '  <categories><category name="ferpa" displayName="$(string.ferpa)" /></categories>\n'
        f"  <policies>\n{''.join(map(_policy, SETTINGS))}  </policies>\n"
        "</policyDefinitions>\n"
    )


def _policy(setting: Setting) -> str:
    name = setting.id
    return (
        f'    <policy name="{name}" class="Machine" displayName="$(string.{name})"'
        f' explainText="$(string.{name}_says)" presentation="$(presentation.{name})" key="{REGISTRY}">\n'
        '      <parentCategory ref="ferpa" />\n      <supportedOn ref="any" />\n'
        f"      <elements>{_ELEMENTS.get(setting.kind, _text)(setting)}</elements>\n    </policy>\n"
    )


def _text(setting: Setting) -> str:
    return f'<text id="{setting.id}" valueName="{setting.id}" required="true" />'


def _texts(setting: Setting) -> str:
    return f'<multiText id="{setting.id}" valueName="{setting.id}" required="true" />'


def _number(setting: Setting) -> str:
    bounds = f'minValue="{setting.least}" maxValue="{setting.most}"'
    return f'<decimal id="{setting.id}" valueName="{setting.id}" {bounds} required="true" />'


def _choice(setting: Setting) -> str:
    items = "".join(
        f'<item displayName="$(string.{setting.id}_{one})"><value><string>{escape(one)}</string></value></item>'
        for one in setting.choices
    )
    return f'<enum id="{setting.id}" valueName="{setting.id}" required="true">{items}</enum>'


_ELEMENTS: Mapping[str, Callable[[Setting], str]] = {"texts": _texts, "number": _number, "choice": _choice}


def adml() -> str:
    """The English words of the administrative template."""
    strings = {"ferpa": PRODUCT, "any": f"Any version of {PRODUCT}"}
    for setting in SETTINGS:
        strings |= {setting.id: setting.title, f"{setting.id}_says": setting.says}
        strings |= {f"{setting.id}_{one}": label for one, label in setting.choices.items()}
    table = "".join(f"      <string id={quoteattr(name)}>{escape(says)}</string>\n" for name, says in strings.items())
    return _HEAD + (
        f'<policyDefinitionResources xmlns="{_ADMX}" revision="1.0" schemaVersion="1.0">\n'
        f"  <displayName>{PRODUCT}</displayName>\n  <description>Settings of {PRODUCT}</description>\n"
        f"  <resources>\n    <stringTable>\n{table}    </stringTable>\n"
        f"    <presentationTable>\n{''.join(map(_presentation, SETTINGS))}    </presentationTable>\n"
        "  </resources>\n</policyDefinitionResources>\n"
    )


def _presentation(setting: Setting) -> str:
    name, title = setting.id, escape(setting.title)
    shown = {
        "choice": f'<dropdownList refId="{name}">{title}</dropdownList>',
        "number": f'<decimalTextBox refId="{name}" defaultValue="{setting.least}">{title}</decimalTextBox>',
        "texts": f'<multiTextBox refId="{name}">{title}</multiTextBox>',
    }.get(setting.kind, f'<textBox refId="{name}"><label>{title}</label></textBox>')
    return f'      <presentation id="{name}">{shown}</presentation>\n'


def table() -> str:
    """The settings as a table in Markdown."""
    rows = "".join(f"| `{one.id}` | {one.title} | {_values(one)} | {one.says} |\n" for one in SETTINGS)
    return f"| Setting | Is | Values | |\n| --- | --- | --- | --- |\n{rows}"


def _values(setting: Setting) -> str:
    return {
        "number": f"{setting.least} to {setting.most}",
        "choice": ", ".join(f"`{one}`" for one in setting.choices),
        "texts": "a list of texts",
        "home": "a whole path, or `~/…`",
        "folder": "a whole path",
    }.get(setting.kind, "a text")
