#define _POSIX_C_SOURCE 200809L

#include "control.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct order NOTHING = {FAULT_NONE, 0};

static const char *const FAULT_NAMES[] = {"none", "hang", "removed", "session-invalid", "pin-locked"};
enum { FAULT_COUNT = sizeof FAULT_NAMES / sizeof FAULT_NAMES[0] };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char control_path[4096];
static struct order latest;
static struct stat read_as;

void control_open(const char *path) {
    snprintf(control_path, sizeof control_path, "%s", path);
}

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec
           && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static void take_line(const char *line, struct order *order) {
    char name[32];
    if (sscanf(line, "delay-us=%lu", &order->delay_micros) == 1 || sscanf(line, "fault=%31[a-z-]", name) != 1) {
        return;
    }
    for (int i = 0; i < FAULT_COUNT; i++) {
        if (strcmp(name, FAULT_NAMES[i]) == 0) {
            order->fault = (enum fault)i;
            return;
        }
    }
    fprintf(stderr, "pkcs11-shim: unknown fault: %s\n", name);
}

static struct order read_order(void) {
    struct order order = NOTHING;
    FILE *file = fopen(control_path, "re");
    if (file == NULL) {
        return order;
    }
    char line[128];
    while (fgets(line, sizeof line, file) != NULL) {
        take_line(line, &order);
    }
    fclose(file);
    return order;
}

/* One stat per call; the file is read only when it was written or replaced. */
struct order control_order(void) {
    struct stat now;
    pthread_mutex_lock(&lock);
    if (stat(control_path, &now) != 0) {
        latest = NOTHING;
        memset(&read_as, 0, sizeof read_as);
    } else if (!same_file(&now, &read_as)) {
        read_as = now;
        latest = read_order();
    }
    struct order order = latest;
    pthread_mutex_unlock(&lock);
    return order;
}
