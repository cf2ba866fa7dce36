/** Certificates, keys and trust of this site as a client of others, in files that the platform may replace at any time. */
package org.mckms.platform.tls;
