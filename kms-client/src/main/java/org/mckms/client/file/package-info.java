/** Files of the client that nobody else may read. */
package org.mckms.client.file;
