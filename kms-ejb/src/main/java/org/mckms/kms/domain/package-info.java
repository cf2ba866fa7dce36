/**
 * Key management itself: values, rules and the ports to token, database and audit trail. Knows neither Jakarta
 * Persistence nor HTTP.
 */
package org.mckms.kms.domain;
