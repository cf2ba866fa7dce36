/** Use cases of the group management server: they check the caller, keep the records, and call what the domain offers. */
package org.mckms.gms.application;
