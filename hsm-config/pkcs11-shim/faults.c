#define _POSIX_C_SOURCE 200809L

#include "faults.h"

#include <pthread.h>
#include <stdbool.h>
#include <time.h>

#include "control.h"

enum { MAX_SLOTS = 16 };

static const struct function_list *library;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool gone;

void faults_for(const struct function_list *real) {
    library = real;
}

static void wait_micros(unsigned long micros) {
    struct timespec pause = {(time_t)(micros / 1000000), (long)(micros % 1000000) * 1000};
    while (nanosleep(&pause, &pause) != 0) {
        /* a signal of the JVM cut it short: the rest is in pause */
    }
}

static void end_all_sessions(void) {
    ck_ulong slots[MAX_SLOTS];
    ck_ulong count = MAX_SLOTS;
    if (library->C_GetSlotList(1, slots, &count) == CKR_OK) {
        for (ck_ulong i = 0; i < count; i++) {
            library->C_CloseAllSessions(slots[i]);
        }
    }
}

/* A token that was pulled out comes back without the sessions, and the login, it was pulled out with. */
static void remember_removal(bool removed) {
    pthread_mutex_lock(&lock);
    if (gone && !removed) {
        end_all_sessions();
    }
    gone = removed;
    pthread_mutex_unlock(&lock);
}

/* A hanging call goes on when the fault is taken away, like one whose connection wakes up again. */
static struct order order_after_hanging(void) {
    struct order order = control_order();
    while (order.fault == FAULT_HANG) {
        wait_micros(5000);
        order = control_order();
    }
    return order;
}

ck_rv faults_meet(enum function function, enum subject subject) {
    struct order order = order_after_hanging();
    remember_removal(order.fault == FAULT_REMOVED);
    if (subject == LIBRARY) {
        return CKR_OK;
    }
    if (order.delay_micros > 0) {
        wait_micros(order.delay_micros);
    }
    switch (order.fault) {
    case FAULT_REMOVED:
        return CKR_DEVICE_REMOVED;
    case FAULT_SESSION_INVALID:
        return subject == SESSION ? CKR_SESSION_HANDLE_INVALID : CKR_OK;
    case FAULT_PIN_LOCKED:
        return function == AT_C_Login ? CKR_PIN_LOCKED : CKR_OK;
    default:
        return CKR_OK;
    }
}
