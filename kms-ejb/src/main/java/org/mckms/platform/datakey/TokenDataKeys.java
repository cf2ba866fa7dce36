package org.mckms.platform.datakey;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.persistence.Transactions;
import org.mckms.platform.row.TamperAlarm;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Data keys wrapped by the token and stored in the database. */
public final class TokenDataKeys implements DataKeys {

    /** As for keys on the token: far below the 2^32 uses that SP 800-38D allows. */
    static final long MOST_SEALS = 1L << 28;

    /** How long a key that nobody asks for stays in memory. */
    static final Duration IDLE = Duration.ofMinutes(10);

    private static final int KEY_ID_OCTETS = 2 * Long.BYTES;

    private final DataKeyRing ring;
    private final SealingKey sealing;

    /** @param mostSeals seals per data key */
    TokenDataKeys(DataKeyRing ring, long mostSeals) {
        this.ring = requireNonNull(ring, "ring");
        this.sealing = new SealingKey(ring, mostSeals);
    }

    /**
     * Data keys of this server.
     *
     * @param node   names this node in the rows of the keys it draws
     * @param kmsUri enters what is authenticated with each key
     */
    public static TokenDataKeys over(
            DataKeyWrapping wrapping,
            DataSource dataSource,
            Transactions transactions,
            TamperAlarm alarm,
            String node,
            String kmsUri,
            Clock clock,
            SecureRandom random) {
        DataKeyRing ring = new DataKeyRing(
                wrapping,
                new JdbcDataKeyStore(dataSource),
                transactions,
                alarm,
                new DataKeyRing.Identity(node, kmsUri),
                clock,
                random,
                IDLE);
        return new TokenDataKeys(ring, MOST_SEALS);
    }

    @Override
    public SealedData seal(byte[] clear, byte[] aad) {
        try (DataKey key = sealing.forSeal()) {
            return key.seal(clear, aad, ring.random());
        }
    }

    @Override
    public SecretOctets open(SealedData sealed, byte[] aad) {
        Optional<DataKey> found = ring.find(sealed.keyId());
        if (found.isEmpty()) {
            throw altered(sealed.keyId(), "no data key opens it");
        }
        try (DataKey key = found.get()) {
            return key.open(sealed, aad)
                    .orElseThrow(() -> altered(sealed.keyId(), "the tag is wrong: altered, or from another row"));
        }
    }

    private KmsException altered(UUID keyId, String finding) {
        ring.altered(keyId, finding);
        return new KmsException(KmsErrorCode.INTERNAL, "sealed data were changed past this server: " + finding);
    }

    @Override
    public Octets mac(byte[] message) {
        try (DataKey key = sealing.forMac()) {
            return Octets.copyOf(ByteBuffer.allocate(MAC_OCTETS)
                    .putLong(key.id().getMostSignificantBits())
                    .putLong(key.id().getLeastSignificantBits())
                    .put(key.mac(message))
                    .array());
        }
    }

    @Override
    public boolean macMatches(byte[] message, Octets mac) {
        if (mac.size() != MAC_OCTETS) {
            return false;
        }
        byte[] octets = mac.toByteArray();
        ByteBuffer head = ByteBuffer.wrap(octets, 0, KEY_ID_OCTETS);
        Optional<DataKey> found = ring.find(new UUID(head.getLong(), head.getLong()));
        if (found.isEmpty()) {
            return false;
        }
        try (DataKey key = found.get()) {
            return MessageDigest.isEqual(
                    key.mac(message), mac.slice(KEY_ID_OCTETS, MAC_OCTETS).toByteArray());
        }
    }

    /**
     * Draws the next data key if one is due, so that whoever seals in a transaction finds it there and takes no second
     * connection. To be called outside of transactions; never throws.
     */
    public void prepare() {
        sealing.prepare();
    }

    /** Wipes the data keys that nobody has asked for of late; to be called now and then. */
    public void forgetIdle() {
        ring.forgetIdle();
    }

    /** Data keys in memory, for the operators. */
    public int held() {
        return ring.held();
    }
}
