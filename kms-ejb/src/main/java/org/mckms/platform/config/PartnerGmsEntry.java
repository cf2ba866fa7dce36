package org.mckms.platform.config;

import java.nio.file.Path;
import java.util.Set;

/**
 * The GMS of a partner: how it comes here says the server entry of the same name, how it is reached this one.
 *
 * @param name      the {@code <name>} of both {@code kms.server.<name>.*} and {@code gms.partner.<name>.*}
 * @param uri       its identity, of the server entry
 * @param url       https URL, without trailing slash
 * @param kmsUri    KmsUri of its KMS, whose certificate the operators import
 * @param tokenFile file with the access token to show there; read anew each time
 * @param groups    groups of this site that the partner may regroup; {@link #ANY} for all of them
 */
public record PartnerGmsEntry(String name, String uri, String url, String kmsUri, Path tokenFile, Set<String> groups) {

    /** Stands for all groups of this site. */
    public static final String ANY = "*";

    public PartnerGmsEntry {
        groups = Set.copyOf(groups);
    }

    /** Whether the partner may make this group a part of a temporary one; URIs are compared octet by octet. */
    public boolean mayRegroup(String groupUri) {
        return groups.contains(ANY) || groups.contains(groupUri);
    }
}
