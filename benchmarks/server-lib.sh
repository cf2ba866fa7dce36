# Starts a KMS of its own for a measurement and stops it. To be sourced, with `root` set; see benchmarks/load and benchmarks/group.
# shellcheck shell=bash
# shellcheck disable=SC2154  # who sources it sets root
# shellcheck source-path=SCRIPTDIR source=../hsm-config/lib.sh
. "$root/hsm-config/lib.sh"

readonly VECTOR_JDK=25 VECTOR_MODULE=jdk.incubator.vector
readonly START_SECONDS=180 STOP_SECONDS=60

jdk=${JAVA_HOME:-}
[ -n "$jdk" ] || jdk=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
version='' home='' results='' server_pid=''
postgresql=false postgresql_pid='' postgresql_dir=''
# names and values for the environment of the server
server_environment=()
java_options=()

# Takes the JDK that was chosen.
use_jdk() {
    version=$("$jdk/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    [ -n "$version" ] || fail "no JDK: $jdk"
    export JAVA_HOME=$jdk
}

build() {
    say "Maven builds ..."
    (cd "$root" && mvn -B -q -DskipTests -pl kms-client,ear,benchmarks -am package)
}

# A port that nobody listens on and that was not given out for these results before.
free_port() {
    local port given=$results/ports
    touch "$given"
    for port in $(shuf -n 50 -i 20000-32000); do
        grep -qx "$port" "$given" && continue
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            printf '%s\n' "$port" | tee -a "$given"
            return 0
        fi
    done
    fail "no free port"
}

# property <file> <key>: a property of a file of the home
property() {
    sed -n "s/^${2//./\\.}=//p" "$home/$1"
}

# set_property <key> <value>: changes a setting of the application
set_property() {
    { sed "/^${1//./\\.}=/d" "$home/kms.properties" && printf '%s=%s\n' "$1" "$2"; } | write_file "$home/kms.properties"
}

# make_home [<option of make-home>...]: a fresh home on free ports
make_home() {
    rm -rf "$home"
    "$root/hsm-config/make-home" "$home" --kms-port "$(free_port)" --admin-port "$(free_port)" \
        --management-port "$(free_port)" --proxy-port "$(free_port)" "$@" 2>/dev/null
}

# --- PostgreSQL --------------------------------------------------------------------------------------------------------

# The server refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
    else
        "$@"
    fi
}

# Makes a cluster of the newest PostgreSQL installed, with the settings it comes with, starts it, and has the server use it.
start_postgresql() {
    local programs port password waited=0
    programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$programs" ] || fail "no PostgreSQL; hsm-config/install-test-tools installs it"
    port=$(free_port)
    password=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
    postgresql_dir=$(as_postgres mktemp -d /tmp/kms-postgres-XXXXXX)
    as_postgres sh -c "umask 077; cat >'$postgresql_dir/password'" <<<"$password"
    as_postgres "$programs/initdb" --encoding=UTF8 --locale=C --auth=scram-sha-256 --username=kms \
        --pwfile="$postgresql_dir/password" "$postgresql_dir/data" >"$results/postgres.log"
    as_postgres "$programs/postgres" -D "$postgresql_dir/data" -p "$port" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= >>"$results/postgres.log" 2>&1 &
    postgresql_pid=$!
    until "$programs/pg_isready" -q -h 127.0.0.1 -p "$port"; do
        [ "$waited" -lt "$START_SECONDS" ] || fail "PostgreSQL does not start; see $results/postgres.log"
        sleep 1
        waited=$((waited + 1))
    done
    PGPASSWORD=$password "$programs/createdb" -h 127.0.0.1 -p "$port" -U kms kms
    server_environment+=(KMS_DB_DRIVER=postgresql "KMS_DB_URL=jdbc:postgresql://127.0.0.1:$port/kms" KMS_DB_USER=kms
        "KMS_DB_PASSWORD=$password")
}

stop_postgresql() {
    [ -n "$postgresql_dir" ] || return 0
    [ ! -f "$postgresql_dir/data/postmaster.pid" ] || kill -INT "$(head -n 1 "$postgresql_dir/data/postmaster.pid")" || true
    wait "$postgresql_pid" 2>/dev/null || true
    rm -rf "$postgresql_dir"
}

stop_all() {
    stop_server
    stop_postgresql
}

kmsctl() {
    "$jdk/bin/java" -jar "$root/kms-client/target/kmsctl.jar" "$@" --home "$home"
}

start_server() {
    local wildfly base=$home/server
    wildfly=$(find "$root/ear/target" -maxdepth 1 -name 'wildfly-*' -print -quit)
    mkdir -p "$base/deployments" "$base/data"
    cp -r "$wildfly/standalone/configuration" "$base/configuration"
    cp "$root/ear/target/kms.ear" "$base/deployments/kms.ear"
    (
        export SOFTHSM2_CONF=$home/hsm/softhsm2.conf "${server_environment[@]}"
        export LAUNCH_JBOSS_IN_BACKGROUND=1 JBOSS_PIDFILE=$home/server.pid
        [ "$version" -lt "$VECTOR_JDK" ] || export JDK_JAVA_OPTIONS="--add-modules=$VECTOR_MODULE"
        # As ./run starts it, but open for jcmd.
        JAVA_OPTS="$(jvm_options 512m) ${java_options[*]}"
        export JAVA_OPTS
        exec_as_batch "$wildfly/bin/standalone.sh" -c standalone-kms.xml -P "$home/server.properties" \
            "-Djboss.server.base.dir=$base" "-Djboss.server.log.dir=$results"
    ) >"$results/console.log" 2>&1 &
    server_pid=$!
}

stop_server() {
    [ -n "$server_pid" ] || return 0
    local pid=$server_pid waited=0
    server_pid=''
    kill -TERM "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null && [ "$waited" -lt "$STOP_SECONDS" ]; do
        sleep 1
        waited=$((waited + 1))
    done
    if kill -0 "$pid" 2>/dev/null; then
        kill -KILL "$(cat "$home/server.pid")" "$pid" 2>/dev/null || true
    fi
}

probe() {
    local answer
    # shellcheck disable=SC2016  # expanded by the inner shell, which timeout can end
    answer=$(timeout 10 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" && printf "GET /health/%s HTTP/1.0\r\n\r\n" "$2" >&3 && cat <&3' \
        probe "$(property server.properties jboss.management.http.port)" "$1" 2>/dev/null) || return 1
    [[ $answer == HTTP/1.*' 200 '* ]]
}

wait_for() {
    local began=$SECONDS
    until "$@"; do
        kill -0 "$server_pid" 2>/dev/null || fail "the server stopped by itself; see $results/console.log"
        [ $((SECONDS - began)) -lt "$START_SECONDS" ] || fail "the server is not there within $START_SECONDS s; see $results/console.log"
        sleep 0.5
    done
}

vault_is_active() {
    local status
    status=$(kmsctl status 2>/dev/null) || return 1
    grep -qw ACTIVE <<<"$status"
}

# Says how fast the machine is now, for comparisons with other machines and moments; to be called while nothing else runs.
measure_machine() {
    run_main org.mckms.benchmarks.ReferenceRun >"$results/machine.txt"
    say "$(<"$results/machine.txt")"
}

# Prints the time of all processors since the system started, and how much of it the host of a virtual machine took for others.
processor_time() {
    awk '$1 == "cpu" { for (i = 2; i <= 9; i++) all += $i; print all, $9 }' /proc/stat
}

# Starts the server of the home and makes an epoch; it is stopped when the script ends.
bring_up() {
    trap stop_all EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    measure_machine
    [ "$postgresql" = false ] || start_postgresql
    start_server
    wait_for probe live
    wait_for vault_is_active
    kmsctl ceremony --purpose development --cert-uri cert1.kms.example.org --yes >/dev/null ||
        fail "the ceremony failed; see $results/console.log"
    wait_for probe ready
    tell_core
}

# The server says once which core calculates, after its trial of the cores.
core_is_chosen() {
    grep -q 'KMS000050' "$results/server.log"
}

# Nothing is measured before the trial of the cores has ended, nor, by mistake, without the vectors that a JDK has: Maven builds
# them into the EAR only when it runs on such a JDK.
tell_core() {
    local sentence
    wait_for core_is_chosen
    sentence=$(sed -n 's/^.*KMS000050: //p' "$results/server.log" | head -n 1)
    say "$sentence"
    [ "$version" -lt "$VECTOR_JDK" ] || [[ $sentence != *'no other core is installed'* ]] ||
        fail "the EAR has no vector core: an older JDK built it; build it on JDK $VECTOR_JDK or later, or leave --no-build out"
    printf '%s\n' "$sentence" >"$results/core.txt"
}

# run_main <class> [<argument>...]: in a JVM of its own
run_main() {
    "$jdk/bin/java" -Xmx512m -cp "$root/benchmarks/target/classes:$root/benchmarks/target/libraries/*" "$@"
}

# run_measurement <class> [<argument>...]: measures the server, and says whether the machine was all ours meanwhile
run_measurement() {
    local all taken all_then taken_then
    read -r all_then taken_then < <(processor_time)
    run_main "$@"
    read -r all taken < <(processor_time)
    awk -v taken=$((taken - taken_then)) -v all=$((all - all_then)) \
        'BEGIN { printf "The host took %.1f %% of the processors for others meanwhile.\n", 100 * taken / all }' |
        tee -a "$results/machine.txt"
}
