/** The tables of key management through Jakarta Persistence. Entities never leave this package. */
package org.mckms.kms.infrastructure.persistence;
