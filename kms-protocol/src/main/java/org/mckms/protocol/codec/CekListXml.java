package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.CekXml.KEY_ID;
import static org.mckms.protocol.codec.CekXml.NAMESPACE;
import static org.mckms.protocol.codec.CekXml.PEER;
import static org.mckms.protocol.codec.CekXml.REVISION;
import static org.mckms.protocol.codec.CekXml.SESSION;
import static org.mckms.protocol.codec.ElementReader.malformed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.security.KeyWrapping;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.security.WrapProfile;
import org.mckms.protocol.smime.ContentEncryptionKey;
import org.mckms.protocol.xml.ChildElements;
import org.w3c.dom.Element;

/**
 * CekList of {@code cek-1.0.xsd}: keys wrapped by RFC 3394 under the TrK, or in hex where a policy lets keys travel in the
 * clear. Dialects do not touch it: who knows the extension knows its one form.
 */
final class CekListXml {
    private static final String LIST = "CekList";
    private static final String CEK = "Cek";
    private static final String VERSION = "Version";
    private static final String VERSION_VALUE = "1.0.0";
    private static final String BITS = "Bits";
    private static final String BITS_VALUE = Integer.toString(Byte.SIZE * ContentEncryptionKey.KEY_OCTETS);
    private static final String USER = "User";
    private static final String STATUS = "Status";
    private static final String VALID_FROM = "ValidFrom";
    private static final String VALID_TO = "ValidTo";
    private static final String REFRESH_AFTER = "RefreshAfter";
    private static final String REFRESH_AFTER_MESSAGES = "RefreshAfterMessages";
    private static final String KEY = "Key";

    private CekListXml() {}

    /** Writes a list, its keys wrapped under the TrK if there is one. */
    static void write(XmlWriter out, CekList list, Optional<NamedKey> wrapWith) {
        out.element(LIST, NAMESPACE, () -> {
            out.attribute(VERSION, VERSION_VALUE);
            list.ceks().forEach(cek -> out.element(CEK, () -> write(out, cek, wrapWith)));
        });
    }

    private static void write(XmlWriter out, Cek cek, Optional<NamedKey> wrapWith) {
        out.attribute(KEY_ID, CekXml.base64(cek.keyId()))
                .attribute(REVISION, Long.toString(cek.revision()))
                .attribute(BITS, BITS_VALUE)
                .attribute(PEER, cek.peerUri())
                .attribute(STATUS, cek.status().wireName());
        cek.userUri().ifPresent(uri -> out.attribute(USER, uri));
        cek.session().ifPresent(session -> out.attribute(SESSION, session));
        out.time(VALID_FROM, cek.validFrom()).time(VALID_TO, cek.validTo()).time(REFRESH_AFTER, cek.refreshAfter());
        cek.refreshAfterMessages().ifPresent(count -> out.number(REFRESH_AFTER_MESSAGES, count));
        cek.key().ifPresent(key -> key.use(octets -> write(out, octets, wrapWith)));
    }

    private static XmlWriter write(XmlWriter out, byte[] key, Optional<NamedKey> wrapWith) {
        if (wrapWith.isEmpty()) {
            return out.element(KEY, () -> out.hexKey(key));
        }
        NamedKey transportKey = wrapWith.get();
        KeyWrapping.Wrapped wrapped = KeyWrapping.wrap(transportKey, key, WrapProfile.KWP);
        KeyContentXml.writeEncryptedKey(out, wrapped, transportKey.name(), Optional.empty());
        return out;
    }

    /** Reads a list; the caller closes it. */
    static CekList read(Element element, KeyOpener keys) {
        CekXml.rootOf(element, LIST);
        ChildElements children = CekXml.children(element, VERSION);
        if (!CekXml.requiredAttribute(element, VERSION).equals(VERSION_VALUE)) {
            throw malformed("CekList is not of version " + VERSION_VALUE + ", the only one supported");
        }
        List<Cek> ceks = new ArrayList<>();
        try {
            while (children.isNext(NAMESPACE, CEK)) {
                ceks.add(readCek(children.take(NAMESPACE, CEK), keys));
            }
            children.end();
            return new CekList(ceks);
        } catch (RuntimeException e) {
            ceks.forEach(Cek::close);
            throw e;
        }
    }

    private static Cek readCek(Element element, KeyOpener keys) {
        ChildElements children = CekXml.children(element, KEY_ID, REVISION, BITS, USER, PEER, SESSION, STATUS);
        if (!CekXml.requiredAttribute(element, BITS).equals(BITS_VALUE)) {
            throw malformed("a CEK has " + BITS_VALUE + " bits");
        }
        Octets keyId = CekXml.keyId(CekXml.requiredAttribute(element, KEY_ID));
        Instant validFrom = Lexical.dateTime(CekXml.text(children, VALID_FROM), VALID_FROM);
        Optional<Instant> validTo = time(children, VALID_TO);
        Optional<Instant> refreshAfter = time(children, REFRESH_AFTER);
        OptionalLong messages = CekXml.optionalText(children, REFRESH_AFTER_MESSAGES).stream()
                .mapToLong(text -> Lexical.integer(text, REFRESH_AFTER_MESSAGES, 1, Long.MAX_VALUE))
                .findFirst();
        Optional<Function<KeyOpener, ContentEncryptionKey>> key = takeKey(children, keyId);
        children.end();
        return withKey(
                key.map(opening -> opening.apply(keys)),
                opened -> new Cek(
                        keyId,
                        CekXml.revision(element),
                        ElementReader.attribute(element, USER),
                        CekXml.requiredAttribute(element, PEER),
                        ElementReader.attribute(element, SESSION),
                        status(CekXml.requiredAttribute(element, STATUS)),
                        validFrom,
                        validTo,
                        refreshAfter,
                        messages,
                        opened));
    }

    private static Optional<Instant> time(ChildElements children, String name) {
        return CekXml.optionalText(children, name).map(text -> Lexical.dateTime(text, name));
    }

    private static CekStatus status(String text) {
        return CekStatus.named(text).orElseThrow(() -> malformed("the status of a CEK is none that is known"));
    }

    /** Takes the key as it stands; it is opened when the rest of the element is known to be right. */
    private static Optional<Function<KeyOpener, ContentEncryptionKey>> takeKey(ChildElements children, Octets keyId) {
        Function<byte[], ContentEncryptionKey> take = octets -> key(keyId, octets);
        Optional<Element> wrapped = KeyContentXml.takeEncryptedKey(children);
        if (wrapped.isPresent()) {
            KeyContentXml.EncryptedKey encrypted = KeyContentXml.readWrapped(wrapped.get());
            return Optional.of(keys -> keys.unwrapPrivate(encrypted, take));
        }
        return CekXml.optionalText(children, KEY).map(text -> keys -> keys.plainPrivate(text, KEY, take));
    }

    private static ContentEncryptionKey key(Octets keyId, byte[] octets) {
        if (octets.length != ContentEncryptionKey.KEY_OCTETS) {
            throw malformed("a CEK has " + ContentEncryptionKey.KEY_OCTETS + " octets, not " + octets.length);
        }
        return new ContentEncryptionKey(keyId, SecretOctets.copyOf(octets));
    }

    private static Cek withKey(
            Optional<ContentEncryptionKey> key, Function<Optional<ContentEncryptionKey>, Cek> making) {
        try {
            return making.apply(key);
        } catch (RuntimeException e) {
            key.ifPresent(ContentEncryptionKey::close);
            throw e;
        }
    }
}
