package org.mckms.client.csk;

import java.util.ArrayList;
import java.util.List;
import org.mckms.client.store.ClientStoreException;
import org.mckms.client.store.SecretReader;
import org.mckms.client.store.SecretWriter;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;

/** The content of a {@link CskStore} in octets. */
final class CskCodec {
    private CskCodec() {}

    /** The caller wipes the array. */
    static byte[] encode(List<ServerKey> keys) {
        try (SecretWriter out = new SecretWriter()) {
            out.list(keys, key -> write(out, key));
            return out.copy();
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws ClientStoreException DAMAGED, which an authenticated file is only when its writer was wrong
     */
    static List<ServerKey> decode(byte[] octets) {
        SecretReader in = new SecretReader(octets);
        List<ServerKey> keys = new ArrayList<>();
        try {
            in.each(() -> read(in), keys::add);
            in.finish();
            return keys;
        } catch (MikeySakkeException | IllegalArgumentException e) {
            keys.forEach(ServerKey::close);
            throw SecretReader.damaged(e);
        } catch (RuntimeException e) {
            keys.forEach(ServerKey::close);
            throw e;
        }
    }

    private static void write(SecretWriter out, ServerKey key) {
        ServerKeyDetails details = key.details();
        out.u8(details.purpose().tag())
                .u32(details.keyId().value())
                .octets(details.rand().toByteArray())
                .text(details.binding().impu())
                .text(details.binding().userUri())
                .optional(details.until(), out::time)
                .text(details.message().senderUri())
                .time(details.message().time())
                .octets(details.message().digest().toByteArray());
        key.key().use(out::octets);
    }

    private static ServerKey read(SecretReader in) {
        ServerKeyDetails details = new ServerKeyDetails(
                KeyPurpose.ofTag(in.u8()).orElseThrow(() -> SecretReader.damaged(null)),
                new KeyIdentifier(in.u32()),
                Octets.copyOf(in.octets()),
                new CskBinding(in.text(), in.text()),
                in.optional(in::time),
                new ServerKeyDetails.Origin(in.text(), in.time(), Octets.copyOf(in.octets())));
        return new ServerKey(details, SecretOctets.takeFrom(in.octets()));
    }
}
