package org.mckms.csc.token;

import java.util.Optional;
import org.mckms.platform.config.ServerEntry;

/**
 * What is known of a request's sender before its token is read.
 *
 * @param server the configured server that it is, by its certificate or by the word of a proxy that may give it
 * @param proxy  name of the configured proxy that brought the request
 * @param source address for the audit trail
 */
public record Sender(Optional<ServerEntry> server, Optional<String> proxy, String source) {}
