# Shared by the set-up scripts of this folder and by what starts servers; sourced, never run.
# Messages go to stderr, so that stdout carries only what a script is asked to print.

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

hint() {
    printf 'hint: %s\n' "$*" >&2
}

# Prints 32 hexadecimal digits of the system's random generator.
random_secret() {
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Writes stdin to the file $1 in one step: a reader never sees half of it, and an interrupted run leaves the old one.
write_file() {
    local partial="$1.partial"
    rm -f "$partial"
    cat >"$partial"
    mv -f "$partial" "$1"
}

# Prints the absolute path of the directory $1, which must exist.
absolute_dir() {
    (cd "$1" && pwd -P)
}

# property <file> <key>: prints the value, nothing if there is none
property() {
    [ ! -f "$1" ] || sed -n "s/^${2//./\\.}=//p" "$1"
}

# SHA-256 of the DER form, in hex, as the settings want it
fingerprint() {
    sed '/^-----/d' "$1" | base64 -d | sha256sum | cut -d ' ' -f 1
}

# write_gms_trust <home>: the GMS trusts the servers of its home, and those of the partners that pair-homes has put there
write_gms_trust() {
    local trusted=("$1/tls/ca.pem") partner
    for partner in "$1"/gms/partners/*.pem; do
        [ ! -f "$partner" ] || trusted+=("$partner")
    done
    cat "${trusted[@]}" | write_file "$1/gms/trust.pem"
}

# jvm_options <heap>: prints the options of the JVM of a server, the same wherever one is started (docs/decisions/0029)
jvm_options() {
    printf '%s' "-Xms$1 -Xmx$1 -XX:+UseParallelGC -XX:+UseTransparentHugePages -XX:MaxMetaspaceSize=384m -Djava.net.preferIPv4Stack=true -Djava.awt.headless=true"
}

# exec_as_batch <command> [<argument>...]: becomes the command, as a batch process of Linux where the system has that
exec_as_batch() {
    if chrt --batch 0 true 2>/dev/null; then
        exec chrt --batch 0 "$@"
    fi
    exec "$@"
}
