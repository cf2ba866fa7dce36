/** Probes of MicroProfile Health: liveness, readiness and start. */
package org.mckms.platform.health;
