/* What happens to a call instead of, or before, its way to the token. */
#ifndef MCKMS_FAULTS_H
#define MCKMS_FAULTS_H

#include "cryptoki.h"

/* Names the library behind the shim, whose sessions a removal ends. */
void faults_for(const struct function_list *real);

/* Waits as the control file orders. Returns CKR_OK if the call is to be passed on, else what to answer. */
ck_rv faults_meet(enum function function, enum subject subject);

#endif
