/**
 * Groups, their members and keys, and the messages that bring the keys to the members (TS 33.180 clauses 5.7 and 7.3). Values,
 * rules and ports; no technology. A group management server is a client of its KMS like any other: nothing here knows the
 * key management next door.
 */
package org.mckms.gms.domain;
