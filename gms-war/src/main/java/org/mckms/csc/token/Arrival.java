package org.mckms.csc.token;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * How a request reached this server: what the connection says, and the header fields by which a proxy speaks of the sender.
 * None of it is believed yet.
 *
 * @param onProxyListener whether it came to the listener that is for proxies only
 * @param certificate     the client certificate that the TLS layer has verified
 * @param address         address of the other end of the connection
 * @param asserted        values of all X-3GPP-Asserted-Identity fields (TS 24.109, TS 24.482 annex A)
 * @param forwarded       values of all Forwarded fields (RFC 7239)
 * @param forwardedFor    values of all X-Forwarded-For fields
 */
public record Arrival(
        boolean onProxyListener,
        Optional<X509Certificate> certificate,
        String address,
        List<String> asserted,
        List<String> forwarded,
        List<String> forwardedFor) {

    public Arrival {
        asserted = List.copyOf(asserted);
        forwarded = List.copyOf(forwarded);
        forwardedFor = List.copyOf(forwardedFor);
    }
}
