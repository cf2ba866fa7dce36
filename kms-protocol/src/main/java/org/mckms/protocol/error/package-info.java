/** The one error type of server and client, and the registry of its codes. */
package org.mckms.protocol.error;
