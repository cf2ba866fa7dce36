package org.mckms.gms.application.regroup;

import static java.util.Objects.requireNonNull;

/**
 * The GMS of a partner, authenticated by certificate and token of one configured entry of kind {@code partner-gms}.
 *
 * @param gmsUri the URI of that entry; nothing that the partner sends overrides it
 * @param source remote address, for the audit trail
 */
public record PartnerCaller(String gmsUri, String source) {

    public PartnerCaller {
        requireNonNull(gmsUri, "gmsUri");
        requireNonNull(source, "source");
    }
}
