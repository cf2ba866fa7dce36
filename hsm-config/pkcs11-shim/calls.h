/* Counts calls in a file that others map or read: one record of 64 octets per function, in the order of the functions. */
#ifndef MCKMS_CALLS_H
#define MCKMS_CALLS_H

#include <stdbool.h>
#include <stdint.h>

#include "cryptoki.h"

/* Numbers in the byte order of the machine; the name is padded with zero octets. */
struct call_record {
    char name[40];
    _Atomic uint64_t begun;
    _Atomic uint64_t ended;
    _Atomic uint64_t nanos;
};

/* Makes or continues the file: all copies of the shim, in all processes, count together. False if that is not possible. */
bool calls_open(const char *path);

/* Counts a call that begins and returns when, for calls_end. */
uint64_t calls_begin(enum function function);

/* Counts its end; a call that hangs shows as one begun and not ended. */
void calls_end(enum function function, uint64_t begun_nanos);

#endif
