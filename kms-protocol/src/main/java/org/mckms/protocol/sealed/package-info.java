/** The registration file: the first TrK and InK of a device on their way out of band, sealed and signed. */
package org.mckms.protocol.sealed;
