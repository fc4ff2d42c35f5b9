# Chromium for the journeys; Playwright's own download is not needed.
# shellcheck shell=bash

find_chromium() {
    local name
    for name in "${RINGLISTA_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [[ -n $name ]] && command -v "$name" >/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Playwright's driver is a program of its own, which wants libatomic.
driven() { find_chromium && $python -m playwright --version; } >/dev/null 2>&1

install_chromium() {
    system_install "chromium fonts-noto-core libatomic1" "--cask chromium" && driven && return
    say "Chromium that Playwright can drive is needed for the browser journeys"
    say "(Debian and Ubuntu: apt install chromium fonts-noto-core libatomic1)."
    return 1
}

set_up_chromium() {
    driven || stage "installing Chromium" install_chromium
    RINGLISTA_TEST_CHROMIUM=$(find_chromium) || die "Chromium was installed but is not found."
    export RINGLISTA_TEST_CHROMIUM
}
