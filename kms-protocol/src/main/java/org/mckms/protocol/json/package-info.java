/** Strict JSON for the bodies of requests: a flat object, each member once, within limits, and wiped after use. */
package org.mckms.protocol.json;
