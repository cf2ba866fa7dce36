package org.mckms.protocol.security;

import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mckms.mikeysakke.secret.SecretOctets;

/** HMAC-SHA-256 (RFC 2104) of messages, by the provider of the JDK whatever others stand before it. */
public final class HmacSha256 {
    /** Octets of the value; it is never truncated. */
    public static final int OCTETS = 32;

    private static final String PROVIDER = "SunJCE";
    private static final String ALGORITHM = "HmacSHA256";

    private HmacSha256() {}

    /** The value over what {@code message} feeds. */
    public static byte[] of(NamedKey key, Consumer<Mac> message) {
        return of(key.key(), message);
    }

    /** The same under a key without a name. */
    public static byte[] of(SecretOctets key, Consumer<Mac> message) {
        return key.use(octets -> {
            try {
                Mac mac = Mac.getInstance(ALGORITHM, PROVIDER);
                mac.init(new SecretKeySpec(octets, ALGORITHM));
                message.accept(mac);
                return mac.doFinal();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK has no usable " + ALGORITHM, e);
            }
        });
    }
}
