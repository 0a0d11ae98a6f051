#!/bin/sh
# Makes the virtual environment $1 with ferpa-wizard and its tools in it; `make setup` calls it.
# It changes nothing outside that folder: what the system lacks is named in one line.
set -eu
venv=$1

fail() {
    printf 'ferpa-wizard: %s\n' "$1" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not a Python 3.11 or newer. Name another one, or leave PYTHON out."
        echo "$PYTHON"
        return
    fi
    for name in python3 python3.13 python3.12 python3.11 python3.14 python; do
        if new_enough "$name"; then
            echo "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is needed and was not found. Debian or Ubuntu: apt install python3 python3-venv. Elsewhere: make setup PYTHON=/path/to/python3"
}

python=$(find_python)

"$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
    fail "$python has no venv module, which makes the program's own folder of packages. Debian or Ubuntu: apt install python3-venv"

# An environment of another place or of a Python that is gone is made anew; a good one is kept.
if ! "$venv/bin/python" -c 'import pip' >/dev/null 2>&1 ||
    [ "$(cat "$venv/.place" 2>/dev/null)" != "$PWD" ] || [ -n "${PYTHON:-}" ]; then
    rm -rf "$venv"
    "$python" -m venv "$venv" || fail "$python could not make $venv. Debian or Ubuntu: apt install python3-venv"
    printf '%s' "$PWD" >"$venv/.place"
fi
rm -f "$venv/.ready"

# Without build isolation, so that the build backend is held to constraints.txt too.
install() {
    "$venv/bin/python" -m pip install -qq --no-input --disable-pip-version-check \
        --constraint constraints.txt "$@"
}
offline="The packages could not be installed (pip's own words stand above). The first setup needs a package index, or a folder of wheels named in PIP_FIND_LINKS. Nothing outside $venv was changed."
echo "Installing packages into $venv (about a minute the first time) ..."
install hatchling editables || fail "$offline"
install --no-build-isolation --editable '.[dev]' || fail "$offline"
"$venv/bin/python" -m compileall -q ferpa_wizard # a third of the first start would go into this

printf '%s' "$PWD" >"$venv/.ready"
echo "Ready: $venv ($("$venv/bin/python" --version)). Next: make run"
