package org.mckms.client.csk;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.client.group.SrtpMaterial;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.xpk.XpkKeys;

/**
 * The keys of one binding, for one message or one registration: only what its own client or server protected opens with them.
 * Copies, wiped on close. Safe for use by several threads until closed.
 */
public final class CskSession implements AutoCloseable {
    private static final Comparator<ServerKey> NEWEST_FIRST = Comparator.comparing(
                    (ServerKey key) -> key.details().until().isPresent())
            .thenComparing(key -> key.details().message().time(), Comparator.reverseOrder());

    private final List<ServerKey> newestFirst;
    private final Map<KeyIdentifier, XpkKeys> xpk = new HashMap<>();

    /** Takes over the keys. */
    CskSession(CskBinding binding, List<ServerKey> keys) {
        this.newestFirst = keys.stream().sorted(NEWEST_FIRST).toList();
        newestFirst.stream()
                .filter(key -> key.details().purpose() == KeyPurpose.CSK)
                .forEach(key -> xpk.put(
                        key.details().keyId(), XpkKeys.derive(key.details().keyId(), key.key(), binding.userUri())));
    }

    /** The keys to protect with: those of the newest CSK. Lent until this is closed. */
    public Optional<XpkKeys> current() {
        return newest(KeyPurpose.CSK).map(key -> xpk.get(key.details().keyId()));
    }

    /** The keys that a message names. Lent until this is closed. */
    public Optional<XpkKeys> byId(KeyIdentifier cskId) {
        return Optional.ofNullable(xpk.get(cskId));
    }

    /**
     * What SRTCP needs (TS 33.180 clause E.4.1): under the CSK for floor and transmission control, under the MuSiK for that over
     * multicast.
     *
     * @param session CSK or MuSiK session of a service
     * @return empty if there is no such key; the caller closes it
     * @throws IllegalArgumentException for a session of another kind of key
     */
    public Optional<SrtpMaterial> srtcp(CryptoSessionId session) {
        KeyPurpose purpose =
                switch (session) {
                    case MCPTT_CSK, MCVIDEO_CSK -> KeyPurpose.CSK;
                    case MCPTT_MUSIK, MCVIDEO_MUSIK -> KeyPurpose.MUSIK;
                    default -> throw new IllegalArgumentException(session + " is no session of a CSK or MuSiK");
                };
        return newest(purpose)
                .map(key -> SrtpMaterial.derive(
                        session, key.key(), key.details().keyId(), key.details().rand()));
    }

    private Optional<ServerKey> newest(KeyPurpose purpose) {
        return newestFirst.stream()
                .filter(key -> key.details().purpose() == purpose)
                .findFirst();
    }

    @Override
    public void close() {
        xpk.values().forEach(XpkKeys::close);
        newestFirst.forEach(ServerKey::close);
    }
}
