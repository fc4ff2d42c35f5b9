# A Python that is new enough, and everything Ringlista needs, in .venv.
# shellcheck shell=bash

python=.venv/bin/python

new_enough() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

make_venv() {
    find_python >/dev/null || system_install "python3 python3-venv" python@3.13 || true
    local found
    found=$(find_python) || {
        say "Python 3.11 or newer with venv is needed (Debian and Ubuntu: apt install python3 python3-venv)."
        return 1
    }
    "$found" -m venv --clear .venv &&
        $python -m pip install --quiet --upgrade pip uv
}

# uv is quicker; pip knows of proxies and mirrors that uv does not.
install_packages() {
    $python -m uv pip install --system-certs --quiet --compile-bytecode --python $python --editable "$1" ||
        $python -m pip install --quiet --editable "$1"
}

fingerprint() { cat pyproject.toml scripts/build_hook.py | $python -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'; }

# set_up_python EXTRAS: ".[dev]" to work on Ringlista, "." to use it. Nothing is done twice.
set_up_python() {
    new_enough $python || stage "making .venv" make_venv
    local done_before
    done_before=$(cat .venv/installed 2>/dev/null || true)
    if [[ $done_before != "$(fingerprint) $1" && $done_before != "$(fingerprint) .[dev]" ]]; then
        stage "installing packages (minutes, the first time)" install_packages "$1"
        printf '%s\n' "$(fingerprint) $1" >.venv/installed
    fi
    stage "compiling translations" $python scripts/translations.py compile
    stage "compiling the program" $python -m compileall -q organiser campaigns
}
