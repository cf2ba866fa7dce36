package org.mckms.client;

import java.net.URI;

/**
 * A server and how to reach it.
 *
 * @param base scheme https, host and port, without a path (a single {@code /} is dropped)
 * @param tls whom to trust and, for servers and operators, the own certificate
 * @param limits time limits of each exchange
 */
public record ServerEndpoint(URI base, TlsMaterial tls, TimeLimits limits) {
    public ServerEndpoint {
        if (!"https".equalsIgnoreCase(base.getScheme()) || base.getHost() == null) {
            throw new ClientSetupException("not an https address with a host name: " + base);
        }
        if (!base.getRawPath().isEmpty() && !base.getRawPath().equals("/")
                || base.getRawQuery() != null
                || base.getRawUserInfo() != null
                || base.getRawFragment() != null) {
            throw new ClientSetupException("the address of a server has no path, query or user name: " + base);
        }
        base = URI.create("https://" + base.getRawAuthority());
    }
}
