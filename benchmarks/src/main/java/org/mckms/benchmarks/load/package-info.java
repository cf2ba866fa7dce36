/**
 * Load on a running server: registered clients who ask for their keys over HTTPS with signed requests, one after the other on each
 * connection, and check every answer; and groups whose keys are renewed for all members at once.
 */
package org.mckms.benchmarks.load;
