/** Groups, members, keys, messages and jobs in the database. */
package org.mckms.gms.infrastructure.persistence;
