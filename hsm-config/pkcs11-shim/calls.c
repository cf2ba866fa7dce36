#define _POSIX_C_SOURCE 200809L

#include "calls.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(struct call_record) == 64, "readers of the file rely on this size");

#define NAME(name, subject, parameters, arguments) #name,
static const char *const NAMES[] = {CRYPTOKI_FUNCTIONS(NAME)};
#undef NAME

static struct call_record *records;

bool calls_open(const char *path) {
    const size_t size = FUNCTION_COUNT * sizeof(struct call_record);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return false;
    }
    void *mapped = ftruncate(fd, (off_t)size) == 0 ? mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
                                                   : MAP_FAILED;
    close(fd);
    if (mapped == MAP_FAILED) {
        return false;
    }
    records = mapped;
    for (int i = 0; i < FUNCTION_COUNT; i++) {
        memcpy(records[i].name, NAMES[i], strlen(NAMES[i]));
    }
    return true;
}

static uint64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

uint64_t calls_begin(enum function function) {
    atomic_fetch_add_explicit(&records[function].begun, 1, memory_order_relaxed);
    return now_nanos();
}

void calls_end(enum function function, uint64_t begun_nanos) {
    atomic_fetch_add_explicit(&records[function].nanos, now_nanos() - begun_nanos, memory_order_relaxed);
    atomic_fetch_add_explicit(&records[function].ended, 1, memory_order_relaxed);
}
