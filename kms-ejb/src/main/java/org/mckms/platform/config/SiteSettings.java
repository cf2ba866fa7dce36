package org.mckms.platform.config;

import java.util.List;

/**
 * Which KMS this is.
 *
 * @param node       name of this node in audit records; letters, digits, {@code . _ -}, at most 40
 * @param kmsUri     KmsUri of the root certificates, octet by octet
 * @param baseUrls   URLs under which clients reach the server, without trailing slash; the first is the primary one
 * @param issuerName Issuer of certificates and key sets
 * @param domains    KmsDomainList of new root certificates
 */
public record SiteSettings(
        Profile profile, String node, String kmsUri, List<String> baseUrls, String issuerName, List<String> domains) {

    public SiteSettings {
        baseUrls = List.copyOf(baseUrls);
        domains = List.copyOf(domains);
    }
}
