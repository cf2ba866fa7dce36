package org.mckms.client.cek;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.client.store.ClientStoreException;
import org.mckms.client.store.SecretReader;
import org.mckms.client.store.SecretWriter;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** The content of a store of content encryption keys in octets. */
final class CekCodec {
    private CekCodec() {}

    /** The caller wipes the array. */
    static byte[] encode(CekContents contents) {
        try (SecretWriter out = new SecretWriter()) {
            out.u8(contents.owner.end().ordinal())
                    .text(contents.owner.uri())
                    .list(List.copyOf(contents.keys.values()), key -> write(out, key))
                    .list(
                            List.copyOf(contents.ended.values()),
                            ended -> out.octets(ended.keyId().toByteArray()).time(ended.forgettable()));
            return out.copy();
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws ClientStoreException DAMAGED, which an authenticated file is only when its writer was wrong
     */
    static CekContents decode(byte[] octets) {
        SecretReader in = new SecretReader(octets);
        List<HeldCek> keys = new ArrayList<>();
        try {
            CekOwner owner = new CekOwner(value(CekOwner.End.values(), in.u8()), in.text());
            in.each(() -> heldCek(in), keys::add);
            Map<Octets, EndedCek> ended = new LinkedHashMap<>();
            in.each(() -> new EndedCek(Octets.copyOf(in.octets()), in.time()), each -> ended.put(each.keyId(), each));
            in.finish();
            Map<Octets, HeldCek> byKeyId = new LinkedHashMap<>();
            keys.forEach(key -> byKeyId.put(key.details().keyId(), key));
            return new CekContents(owner, byKeyId, ended);
        } catch (MikeySakkeException | IllegalArgumentException e) {
            keys.forEach(HeldCek::close);
            throw SecretReader.damaged(e);
        } catch (RuntimeException e) {
            keys.forEach(HeldCek::close);
            throw e;
        }
    }

    private static void write(SecretWriter out, HeldCek key) {
        CekDetails details = key.details();
        out.octets(details.keyId().toByteArray())
                .i64(details.revision())
                .text(details.otherEnd())
                .optional(details.session(), out::text)
                .u8(details.status().ordinal())
                .time(details.validFrom())
                .optional(details.validTo(), out::time)
                .optional(details.refreshAfter(), out::time)
                .i64(details.refreshAfterMessages().orElse(0))
                .i64(key.bound())
                .flag(key.count().isProvenByUse());
        key.key().use(out::octets);
    }

    private static HeldCek heldCek(SecretReader in) {
        Octets keyId = Octets.copyOf(in.octets());
        long revision = in.i64();
        String otherEnd = in.text();
        Optional<String> session = in.optional(in::text);
        CekStatus status = value(CekStatus.values(), in.u8());
        Instant validFrom = in.time();
        Optional<Instant> validTo = in.optional(in::time);
        Optional<Instant> refreshAfter = in.optional(in::time);
        long messages = in.i64();
        OptionalLong limit = messages == 0 ? OptionalLong.empty() : OptionalLong.of(messages);
        long bound = in.i64();
        MessageCount count = new MessageCount(bound, in.flag());
        SecretOctets key = SecretOctets.takeFrom(in.octets());
        try {
            return new HeldCek(
                    new CekDetails(keyId, revision, otherEnd, session, status, validFrom, validTo, refreshAfter, limit),
                    count,
                    bound,
                    new ContentEncryptionKey(keyId, key));
        } catch (RuntimeException e) {
            key.close();
            throw e;
        }
    }

    private static <T> T value(T[] values, int number) {
        if (number >= values.length) {
            throw SecretReader.damaged(null);
        }
        return values[number];
    }
}
