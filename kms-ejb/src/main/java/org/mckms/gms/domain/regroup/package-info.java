/**
 * Temporary groups over systems (TS 33.180 clause 7.3.3, reference point CSC-16): how far each partner is, and the ports to
 * the servers of partners. Knows neither Jakarta nor HTTP.
 */
package org.mckms.gms.domain.regroup;
