package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.Octets;

/**
 * One change of one key: the reference of its delivery.
 *
 * @param revision the one to deliver; if the key has a newer one by now there is another delivery for that
 */
public record CekReference(Octets keyId, long revision) {

    /** Topic of deliveries of changes to servers. */
    public static final String TOPIC = "cek";

    private static final Pattern TEXT = Pattern.compile("([0-9A-F]{32}):([1-9][0-9]{0,17})");

    public CekReference {
        requireNonNull(keyId, "keyId");
    }

    /** The newest change of a key. */
    public static CekReference of(CekRecord cek) {
        return new CekReference(cek.keyId(), cek.revision());
    }

    /** {@code <Key ID in hex>:<revision>}. */
    public String text() {
        return keyId.toHex() + ":" + revision;
    }

    /** Undoes {@link #text}; empty for anything else. */
    public static Optional<CekReference> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new CekReference(Octets.fromHex(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
