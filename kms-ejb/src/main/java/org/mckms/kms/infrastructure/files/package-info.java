/** Files that the domain keeps outside the database. */
package org.mckms.kms.infrastructure.files;
