/* The order of the moment, as the control file gives it. */
#ifndef MCKMS_CONTROL_H
#define MCKMS_CONTROL_H

#include <stdbool.h>

enum fault { FAULT_NONE, FAULT_HANG, FAULT_REMOVED, FAULT_SESSION_INVALID, FAULT_PIN_LOCKED };

struct order {
    enum fault fault;
    unsigned long delay_micros;
};

/* Names the file; it need not exist. Called once, before the others. */
void control_open(const char *path);

/* What the file says now; no fault and no delay if there is none, or if it cannot be understood. */
struct order control_order(void);

#endif
