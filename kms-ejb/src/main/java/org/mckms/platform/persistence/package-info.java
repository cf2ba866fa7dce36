/** Transactions and the database schema. */
package org.mckms.platform.persistence;
