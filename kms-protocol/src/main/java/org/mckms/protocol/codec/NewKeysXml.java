package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.List;
import java.util.Optional;
import org.mckms.protocol.codec.KeyContentXml.EncryptedKey;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;
import org.w3c.dom.Element;

/**
 * NewTransportKey and NewIntegrityKey as they stand at the end of a KmsInit or KmsKeyProv (TS 33.180 clause D.3.5.2), each
 * wrapped under the present TrK and named by CarriedKeyName.
 *
 * @param transportKey the NewTransportKey
 * @param integrityKey the NewIntegrityKey
 */
record NewKeysXml(Optional<EncryptedKey> transportKey, Optional<EncryptedKey> integrityKey) {
    private static final String NEW_TRANSPORT_KEY = "NewTransportKey";
    private static final String NEW_INTEGRITY_KEY = "NewIntegrityKey";

    /** The type that extends the one of the element {@code name} by new keys. */
    static String type(String name, ClientKeys keys, WireDialect dialect) {
        boolean trkOnly =
                dialect.release() == WireRelease.REL13 && keys.integrityKey().isEmpty();
        return name + (trkOnly ? "TkType" : "TkIkType");
    }

    static void write(XmlWriter out, ClientKeys keys, Optional<NamedKey> wrapWith) {
        NamedKey present = wrapWith.orElseThrow(
                () -> new IllegalArgumentException("new keys are never sent in the clear, and there is no TrK"));
        write(out, NEW_TRANSPORT_KEY, keys.transportKey(), present);
        keys.integrityKey().ifPresent(key -> write(out, NEW_INTEGRITY_KEY, key, present));
    }

    private static void write(XmlWriter out, String name, NamedKey key, NamedKey wrapWith) {
        key.key().use(octets -> {
            KeyContentXml.writeWrapped(out, name, octets, wrapWith, Optional.of(key.name()));
            return null;
        });
    }

    /** Takes both elements, wherever they stand, also those of the second namespace that TS 33.179 has for them. */
    static NewKeysXml take(ElementReader in) {
        return new NewKeysXml(one(in, NEW_TRANSPORT_KEY), one(in, NEW_INTEGRITY_KEY));
    }

    private static Optional<EncryptedKey> one(ElementReader in, String name) {
        List<Element> found = in.allOfAnyNamespace(name);
        if (found.size() > 1) {
            throw malformed("there is more than one " + name + ", and nothing tells which is for this client");
        }
        return found.stream()
                .findFirst()
                .map(key -> KeyContentXml.wrapped(key).orElseThrow(() -> malformed(name + " is not wrapped")))
                .map(KeyContentXml::readWrapped);
    }

    /**
     * Unwraps the keys. A key that is not renewed stays: the TrK that wrapped the other one, or the InK that signed the
     * document.
     */
    Optional<ClientKeys> open(KeyOpener keys) {
        Optional<NamedKey> wrappedWith = transportKey.or(() -> integrityKey).map(key -> key.transportKey(keys.keys()));
        if (wrappedWith.isEmpty()) {
            return Optional.empty();
        }
        NamedKey present = wrappedWith.get();
        NamedKey trk =
                transportKey.map(key -> open(key, NEW_TRANSPORT_KEY, keys)).orElseGet(present::copy);
        try {
            Optional<NamedKey> ink = integrityKey.map(key -> open(key, NEW_INTEGRITY_KEY, keys));
            return Optional.of(new ClientKeys(trk, ink.or(() -> keys.signer()
                    .filter(signer -> !signer.name().equals(present.name()))
                    .map(NamedKey::copy))));
        } catch (RuntimeException e) {
            trk.close();
            throw e;
        }
    }

    private static NamedKey open(EncryptedKey key, String name, KeyOpener keys) {
        String keyName = key.carriedKeyName().orElseThrow(() -> malformed(name + " has no CarriedKeyName"));
        return keys.unwrap(key, octets -> NamedKey.takeFrom(keyName, octets));
    }
}
