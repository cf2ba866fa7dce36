/**
 * Load on a running server: registered clients who ask for their keys over HTTPS with signed requests, one after the other on each
 * connection, and check every answer.
 */
package org.mckms.benchmarks.load;
