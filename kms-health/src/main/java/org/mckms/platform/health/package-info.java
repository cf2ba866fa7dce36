/**
 * Probes of MicroProfile Health: liveness, readiness and start. In the EAR's library folder, because WildFly looks for
 * probes from the root of an EAR, where beans of its modules are not seen (WFLY-12835).
 */
package org.mckms.platform.health;
