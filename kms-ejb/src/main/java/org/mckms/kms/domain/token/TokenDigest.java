package org.mckms.kms.domain.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/** Names an access token without being one: SHA-256 of its issuer and its identifier. */
public final class TokenDigest {

    private TokenDigest() {}

    /**
     * Digest of a token.
     *
     * @param issuer name of the configured issuer
     * @param jti    the token's claim {@code jti}, unique at its issuer (RFC 7519 clause 4.1.7)
     * @return 32 octets: SHA-256 of the issuer with its length in four big-endian octets before it, and the identifier
     */
    public static Octets of(String issuer, String jti) {
        byte[] name = issuer.getBytes(StandardCharsets.UTF_8);
        byte[] id = jti.getBytes(StandardCharsets.UTF_8);
        return Sha256.of(Octets.copyOf(ByteBuffer.allocate(Integer.BYTES + name.length + id.length)
                .putInt(name.length)
                .put(name)
                .put(id)
                .array()));
    }
}
