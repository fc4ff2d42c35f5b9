# The system's own packages: Debian and Ubuntu by apt-get, macOS by brew, where we may.
# shellcheck shell=bash

# apt_get COMMAND...: as root, or with sudo that asks for no password.
apt_get() {
    local become=()
    [[ $(id -u) -eq 0 ]] || become=(sudo -n)
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q "$@" </dev/null
}

may_apt() {
    command -v apt-get >/dev/null && { [[ $(id -u) -eq 0 ]] || sudo -n true 2>/dev/null; }
}

# system_install APT_NAMES BREW_NAMES: exit code 1 where neither can be used.
system_install() {
    if may_apt; then
        # shellcheck disable=SC2086 # several names in one word are meant to be several
        apt_get update && apt_get install --no-install-recommends $1
    elif command -v brew >/dev/null; then
        # shellcheck disable=SC2086
        brew install $2
    else
        return 1
    fi
}
