package org.mckms.client.group;

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

/** The content of a store of group keys in octets. */
final class GroupKeyCodec {
    private GroupKeyCodec() {}

    /** The caller wipes the array. */
    static byte[] encode(GroupKeyContents contents) {
        try (SecretWriter out = new SecretWriter()) {
            out.text(contents.memberUri)
                    .list(contents.keys, key -> write(out, key))
                    .list(contents.deleted, deleted -> write(out, deleted));
            return out.copy();
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws ClientStoreException DAMAGED, which an authenticated file is only when its writer was wrong
     */
    static GroupKeyContents decode(byte[] octets) {
        SecretReader in = new SecretReader(octets);
        List<GroupKey> keys = new ArrayList<>();
        try {
            String memberUri = in.text();
            in.each(() -> groupKey(in), keys::add);
            List<DeletedKey> deleted = in.list(() -> deletedKey(in));
            in.finish();
            return new GroupKeyContents(memberUri, keys, deleted);
        } catch (MikeySakkeException | IllegalArgumentException e) {
            keys.forEach(GroupKey::close);
            throw SecretReader.damaged(e);
        } catch (RuntimeException e) {
            keys.forEach(GroupKey::close);
            throw e;
        }
    }

    private static void write(SecretWriter out, GroupKey key) {
        GroupKeyDetails details = key.details();
        out.u8(details.purpose().tag())
                .u32(details.keyId().value())
                .u32(details.gukId().value())
                .octets(details.rand().toByteArray())
                .list(details.groups(), out::text)
                .text(details.text())
                .flag(details.sharedWithGateway())
                .time(details.activation())
                .optional(details.expiry(), out::time);
        write(out, details.message());
        key.key().use(out::octets);
    }

    private static GroupKey groupKey(SecretReader in) {
        GroupKeyDetails details = new GroupKeyDetails(
                KeyPurpose.ofTag(in.u8()).orElseThrow(() -> SecretReader.damaged(null)),
                new KeyIdentifier(in.u32()),
                new KeyIdentifier(in.u32()),
                Octets.copyOf(in.octets()),
                in.list(in::text),
                in.text(),
                in.flag(),
                in.time(),
                in.optional(in::time),
                origin(in));
        return new GroupKey(details, SecretOctets.takeFrom(in.octets()));
    }

    private static void write(SecretWriter out, DeletedKey deleted) {
        out.u32(deleted.keyId().value())
                .flag(deleted.revoked())
                .octets(deleted.check().toByteArray());
        write(out, deleted.message());
    }

    private static DeletedKey deletedKey(SecretReader in) {
        return new DeletedKey(new KeyIdentifier(in.u32()), in.flag(), Octets.copyOf(in.octets()), origin(in));
    }

    private static void write(SecretWriter out, GroupKeyDetails.Origin message) {
        out.text(message.sender().uri())
                .text(message.sender().kmsUri())
                .time(message.time())
                .octets(message.digest().toByteArray())
                .time(message.usableUntil());
    }

    private static GroupKeyDetails.Origin origin(SecretReader in) {
        return new GroupKeyDetails.Origin(
                new Sender(in.text(), in.text()), in.time(), Octets.copyOf(in.octets()), in.time());
    }
}
