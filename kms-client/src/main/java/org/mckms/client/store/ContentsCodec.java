package org.mckms.client.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** The content of a key store in octets. */
final class ContentsCodec {
    private ContentsCodec() {}

    /** The caller wipes the array. */
    static byte[] encode(Contents contents) {
        try (SecretWriter out = new SecretWriter()) {
            out.text(contents.owner.kmsUri())
                    .text(contents.owner.userUri())
                    .text(contents.owner.device())
                    .list(contents.baseUrls, out::text)
                    .optional(contents.bundleSigner, der -> out.octets(der.toByteArray()))
                    .optional(contents.active, keys -> write(out, keys))
                    .optional(contents.pending, keys -> write(out, keys))
                    .list(contents.roots, root -> CertificateCodec.write(out, root))
                    .list(contents.keySets, held -> write(out, held))
                    .flag(contents.cacheNum.isPresent())
                    .i64(contents.cacheNum.orElse(0))
                    .list(contents.partners, partner -> CertificateCodec.write(out, partner))
                    .optional(contents.error, error -> out.u32(error.code()).text(error.message()));
            return out.copy();
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws ClientStoreException DAMAGED, which an authenticated file is only when its writer was wrong
     */
    static Contents decode(byte[] octets) {
        SecretReader in = new SecretReader(octets);
        Contents contents = null;
        try {
            contents = new Contents(new StoreOwner(in.text(), in.text(), in.text()));
            fill(contents, in);
            in.finish();
            return contents;
        } catch (MikeySakkeException | IllegalArgumentException e) {
            closeWhatWasRead(contents);
            throw SecretReader.damaged(e);
        } catch (RuntimeException e) {
            closeWhatWasRead(contents);
            throw e;
        }
    }

    private static void fill(Contents contents, SecretReader in) {
        contents.baseUrls = List.copyOf(in.list(in::text));
        contents.bundleSigner = in.optional(() -> Octets.copyOf(in.octets()));
        contents.active = in.optional(() -> clientKeys(in));
        contents.pending = in.optional(() -> clientKeys(in));
        contents.roots = List.copyOf(in.list(() -> CertificateCodec.read(in)));
        contents.keySets = new ArrayList<>();
        in.each(() -> heldKeySet(in), contents.keySets::add);
        contents.keySets = List.copyOf(contents.keySets);
        boolean numbered = in.flag();
        long cacheNum = in.i64();
        contents.cacheNum = numbered ? OptionalLong.of(cacheNum) : OptionalLong.empty();
        contents.partners = List.copyOf(in.list(() -> CertificateCodec.read(in)));
        contents.error = in.optional(() -> new ClientError(in.u32(), in.text()));
    }

    private static void closeWhatWasRead(Contents contents) {
        if (contents != null) {
            contents.close();
        }
    }

    private static void write(SecretWriter out, ClientKeys keys) {
        write(out, keys.transportKey());
        out.optional(keys.integrityKey(), key -> write(out, key));
    }

    private static void write(SecretWriter out, NamedKey key) {
        out.text(key.name());
        key.key().use(out::octets);
    }

    private static ClientKeys clientKeys(SecretReader in) {
        NamedKey transportKey = namedKey(in);
        try {
            return new ClientKeys(transportKey, in.optional(() -> namedKey(in)));
        } catch (RuntimeException e) {
            transportKey.close();
            throw e;
        }
    }

    private static NamedKey namedKey(SecretReader in) {
        String name = in.text();
        return NamedKey.takeFrom(name, in.octets());
    }

    private static void write(SecretWriter out, HeldKeySet held) {
        out.octets(held.kpak().octets().toByteArray());
        KeySetCodec.write(out, held.keys());
    }

    private static HeldKeySet heldKeySet(SecretReader in) {
        KmsPublicAuthenticationKey kpak = new KmsPublicAuthenticationKey(Octets.copyOf(in.octets()));
        return new HeldKeySet(kpak, KeySetCodec.read(in));
    }
}
