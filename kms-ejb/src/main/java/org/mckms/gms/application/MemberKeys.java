package org.mckms.gms.application;

import org.mckms.protocol.group.GktpDocument;

/**
 * The keys that a member is given.
 *
 * @param version changes whenever the document does; letters and digits
 */
public record MemberKeys(GktpDocument document, String version) {}
