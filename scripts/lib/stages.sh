# One line for every stage with its seconds; a check that fails is told, and the others still run.
# shellcheck shell=bash

failed=()

say() { printf '%s\n' "$*"; }

die() {
    printf 'scripts/%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# stage WHAT COMMAND...: must succeed, or nothing after it can. What it prints is shown only then.
stage() {
    local what=$1 log=$work/stage.log began=$SECONDS
    shift
    printf '%-50s' "  $what"
    if ! "$@" >"$log" 2>&1; then
        say "failed"
        cat "$log" >&2
        exit 1
    fi
    say "$((SECONDS - began)) s"
}

# check WHAT COMMAND...: is told in the summary when it fails.
check() {
    local what=$1 log=$work/check.log began=$SECONDS
    shift
    printf '%-50s' "  $what"
    if "$@" >"$log" 2>&1; then
        say "$((SECONDS - began)) s"
    else
        say "FAILED after $((SECONDS - began)) s"
        sed 's/^/    | /' "$log"
        failed+=("$what")
    fi
}
