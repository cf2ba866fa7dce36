/**
 * Deliveries to others, at least once: an outbox in the database, a queue of the broker inside this server, and handlers.
 * See decision 0015. And the policy for addresses that others name, and the exchange with them.
 */
package org.mckms.platform.delivery;
