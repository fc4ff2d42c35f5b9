# A throw-away PostgreSQL for the tests: own folder, own socket, no port, gone when the script ends.
# shellcheck shell=bash

postgres_home=

# The folder with initdb and pg_ctl of the newest PostgreSQL that is at least 15.
find_postgres() {
    local bin version best= newest=14
    for bin in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
        /usr/local/pgsql/bin /usr/local/bin /usr/bin "$(pg_config --bindir 2>/dev/null || true)"; do
        [[ -x $bin/initdb && -x $bin/postgres ]] || continue
        version=$("$bin/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
        if ((version > newest)); then best=$bin newest=$version; fi
    done
    [[ -n $best ]] && printf '%s\n' "$best"
}

install_postgres() {
    system_install postgresql postgresql@17 && find_postgres >/dev/null && return
    say "PostgreSQL 15 or newer is needed for the tests (Debian and Ubuntu: apt install postgresql)."
    return 1
}

# PostgreSQL refuses to run as root: then the user that its package made runs it, or nobody.
as_postgres() {
    local user=postgres
    if [[ $(id -u) -ne 0 ]]; then
        "$@"
    else
        id -u $user >/dev/null 2>&1 || user=nobody
        (cd / && runuser -u $user -- "$@")
    fi
}

# Only the owner of the folder (and root) reaches the socket, so trust is safe there.
start_postgres() {
    as_postgres "$1/initdb" -D "$postgres_home/data" -U ringlista --auth=trust -E UTF8 --locale=C --no-sync &&
        as_postgres "$1/pg_ctl" -D "$postgres_home/data" -l "$postgres_home/log" -w -t 60 -o "-k $postgres_home \
            -c listen_addresses='' -c max_connections=200 -c fsync=off -c full_page_writes=off \
            -c synchronous_commit=off" start &&
        as_postgres "$1/createdb" -h "$postgres_home" -U ringlista ringlista_test
}

set_up_postgres() {
    find_postgres >/dev/null || stage "installing PostgreSQL" install_postgres
    postgres_bin=$(find_postgres)
    postgres_home=$(as_postgres mktemp -d /tmp/ringlista-pg.XXXXXX)
    stage "starting a throw-away PostgreSQL" start_postgres "$postgres_bin"
    export RINGLISTA_TEST_POSTGRES_URL="postgresql+psycopg://ringlista@/ringlista_test?host=$postgres_home"
}

tear_down_postgres() {
    [[ -n $postgres_home ]] || return 0
    as_postgres "$postgres_bin/pg_ctl" -D "$postgres_home/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$postgres_home"
}
