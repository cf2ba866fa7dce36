package org.mckms.gms.application;

import java.util.Optional;
import org.mckms.protocol.group.McService;

/**
 * What keys a member wants.
 *
 * @param service  whose groups
 * @param groupUri of one group; empty: all
 * @param known    version of the document that the member has already
 */
public record DocumentRequest(McService service, Optional<String> groupUri, Optional<String> known) {}
