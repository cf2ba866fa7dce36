package org.mckms.platform.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The group management server of this site. It is on where {@code gms.uri} is set.
 *
 * @param uri       its identity, which a {@code kms.server.<name>.uri} reserves
 * @param kms       how it reaches its KMS, as a client
 * @param managers  URIs of those who may create groups; compared octet by octet
 * @param scopes    scopes of the tokens that are taken at its resources
 * @param workers   threads of this node that make messages of re-key jobs
 * @param partners  group management servers of partners
 * @param callbacks where notifications may be sent
 */
public record GmsSettings(
        String uri,
        GmsKmsSettings kms,
        Set<String> managers,
        ScopeSettings scopes,
        int workers,
        List<PartnerGmsEntry> partners,
        CallbackSettings callbacks) {

    public GmsSettings {
        requireNonNull(uri, "uri");
        managers = Set.copyOf(managers);
        partners = List.copyOf(partners);
    }

    /** The partner's GMS with this identity. */
    public Optional<PartnerGmsEntry> partnerByUri(String partnerUri) {
        return partners.stream().filter(p -> p.uri().equals(partnerUri)).findFirst();
    }
}
