/*
 * A PKCS#11 library that passes every call on to another one, counts it, and on the way does to it what a control file
 * orders. For tests and measurements only.
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls.h"
#include "control.h"
#include "cryptoki.h"
#include "faults.h"

static const struct function_list *real;

/* The one symbol that a program looks for. */
__attribute__((visibility("default"))) ck_rv C_GetFunctionList(ck_ptr list);

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void complain(const char *what, const char *about) {
    fprintf(stderr, "pkcs11-shim: %s: %s\n", what, about);
}

/*
 * A copy of a file that lives in memory only. The server loads copies of its PKCS#11 library to begin anew with one that
 * was never initialised; each copy of the shim needs a copy of the library behind it for the same reason.
 */
static int copy_in_memory(const char *path) {
    struct stat file;
    int from = open(path, O_RDONLY | O_CLOEXEC);
    int to = memfd_create("pkcs11-shim", MFD_CLOEXEC);
    bool copied = from >= 0 && to >= 0 && fstat(from, &file) == 0;
    off_t done = 0;
    while (copied && done < file.st_size) {
        copied = sendfile(to, from, &done, (size_t)(file.st_size - done)) > 0;
    }
    if (from >= 0) {
        close(from);
    }
    if (!copied && to >= 0) {
        close(to);
        to = -1;
    }
    return to;
}

static const struct function_list *load(const char *path) {
    int fd = copy_in_memory(path);
    if (fd < 0) {
        complain("cannot copy", path);
        return NULL;
    }
    char name[64]; /* the descriptor stays open: a second library of this name would be taken for the first */
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        complain("cannot load", dlerror());
        return NULL;
    }
    ck_rv (*get_function_list)(ck_ptr);
    *(void **)&get_function_list = dlsym(library, "C_GetFunctionList");
    const struct function_list *list = NULL;
    if (get_function_list == NULL || get_function_list(&list) != CKR_OK) {
        complain("no PKCS#11 library", path);
        return NULL;
    }
    return list;
}

static ck_rv finished(enum function function, uint64_t begun, ck_rv answer) {
    calls_end(function, begun);
    return answer;
}

#define FORWARD(name, subject, parameters, arguments)                                                                  \
    static ck_rv forward_##name parameters {                                                                           \
        uint64_t begun = calls_begin(AT_##name);                                                                       \
        ck_rv fault = faults_meet(AT_##name, subject);                                                                 \
        return finished(AT_##name, begun, fault != CKR_OK ? fault : real->name arguments);                             \
    }
CRYPTOKI_FUNCTIONS(FORWARD)
#undef FORWARD

#define ENTRY(name, subject, parameters, arguments) .name = forward_##name,
static struct function_list shim = {.version = {2, 40}, CRYPTOKI_FUNCTIONS(ENTRY)};
#undef ENTRY

static void begin(void) {
    const char *library = getenv("PKCS11_SHIM_LIBRARY");
    const char *dir = getenv("PKCS11_SHIM_DIR");
    if (library == NULL || dir == NULL) {
        complain("these must be set", "PKCS11_SHIM_LIBRARY, PKCS11_SHIM_DIR");
        return;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/control", dir);
    control_open(path);
    snprintf(path, sizeof path, "%s/calls", dir);
    if (!calls_open(path)) {
        complain("cannot write", path);
        return;
    }
    real = load(library);
    faults_for(real);
    shim.C_GetFunctionList = C_GetFunctionList;
}

ck_rv C_GetFunctionList(ck_ptr list) {
    pthread_once(&once, begin);
    if (real == NULL) {
        return CKR_GENERAL_ERROR;
    }
    *(struct function_list **)list = &shim;
    return CKR_OK;
}
