package org.mckms.mikeysakke.mikey;

import org.mckms.mikeysakke.Octets;

/**
 * A field that was read from a message.
 *
 * @param part what it belongs to
 * @param name as in the tables of the standard
 * @param offset of its first octet, from 0
 * @param octets all of it
 */
public record MikeyField(MikeyPart part, String name, int offset, Octets octets) {}
