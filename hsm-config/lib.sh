# Shared by the set-up scripts of this folder; sourced, never run.
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
