package org.mckms.kms.infrastructure.vault;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * The masters of one epoch between two uses: in memory outside the heap, where the collector makes no copies. Lent as
 * holders of the library for the length of one use; those are on the heap, and what the collector copies of them before
 * they are wiped stays behind until that memory is used again. Thread safe.
 *
 * <p>Once wiping is asked for nothing more is lent, and the octets go when the last user has returned them.
 */
final class RestingMasters {

    private static final int KSAK_AT = 0;
    private static final int ZT_AT = KSAK_AT + SealedMastersFormat.KSAK_OCTETS;
    private static final int KV_AT = ZT_AT + SealedMastersFormat.ZT_OCTETS;
    private static final int KV_OCTETS = 64;
    private static final int OCTETS = KV_AT + KV_OCTETS;

    private final ByteBuffer memory;
    private final byte[] digest;
    private int users;
    private boolean wipeAsked;

    /** Copies the secrets; the caller closes {@code loaded}. */
    RestingMasters(LoadedMasters loaded) {
        this(loaded, ByteBuffer.allocateDirect(OCTETS));
    }

    /** As above, in given memory outside the heap. */
    RestingMasters(LoadedMasters loaded, ByteBuffer memory) {
        this.memory = memory;
        this.digest = loaded.ksak()
                .use(ksak -> loaded.zT().use(zT -> loaded.kV().use(kV -> {
                    memory.put(KSAK_AT, ksak);
                    memory.put(ZT_AT, zT);
                    memory.put(KV_AT, kV);
                    return digest(ksak, zT, kV);
                })));
    }

    /**
     * Lends the masters; each loan is given back exactly once.
     *
     * @return empty if they are wiped or about to be
     * @throws MastersRefusedException if the octets have changed or do not belong to the certificate of the epoch
     */
    Optional<MasterSecrets> lend(Epoch epoch) {
        synchronized (this) {
            if (wipeAsked) {
                return Optional.empty();
            }
            users++;
        }
        try {
            return Optional.of(holders(epoch));
        } catch (RuntimeException e) {
            giveBack();
            throw e;
        }
    }

    /** Ends one loan whose holders are closed already. */
    synchronized void giveBack() {
        users--;
        wipeIfUnused();
    }

    /** Wipes at once, or as soon as the last user returns. */
    synchronized void wipe() {
        wipeAsked = true;
        wipeIfUnused();
    }

    /** Whether others derived later are the same. */
    boolean sameAs(RestingMasters other) {
        return MessageDigest.isEqual(digest, other.digest);
    }

    /** Whether nobody has a loan now. */
    synchronized boolean isUnused() {
        return users == 0;
    }

    private void wipeIfUnused() {
        if (wipeAsked && users == 0) {
            for (int i = 0; i < OCTETS; i++) {
                memory.put(i, (byte) 0);
            }
        }
    }

    private MasterSecrets holders(Epoch epoch) {
        byte[] ksak = copy(KSAK_AT, SealedMastersFormat.KSAK_OCTETS);
        byte[] zT = copy(ZT_AT, SealedMastersFormat.ZT_OCTETS);
        byte[] kV = copy(KV_AT, KV_OCTETS);
        try {
            if (!MessageDigest.isEqual(digest, digest(ksak, zT, kV))) {
                throw new MastersRefusedException("the masters of epoch " + epoch.id() + " changed in memory");
            }
            MasterSecrets lent = new MasterSecrets(
                    KmsSecretAuthenticationKey.takeFrom(ksak),
                    KmsMasterSecret.takeFrom(zT),
                    SecretOctets.takeFrom(kV),
                    epoch.derivationContext());
            if (lent.kpak().equals(epoch.kpak())) {
                return lent;
            }
            lent.close();
        } catch (MikeySakkeException e) {
            throw new MastersRefusedException("the masters of epoch " + epoch.id() + " are out of range");
        } finally {
            Arrays.fill(ksak, (byte) 0);
            Arrays.fill(zT, (byte) 0);
            Arrays.fill(kV, (byte) 0);
        }
        throw new MastersRefusedException(
                "the masters of epoch " + epoch.id() + " in memory do not belong to its certificate");
    }

    /** A fresh array, which is wiped by its user. */
    private byte[] copy(int at, int size) {
        byte[] octets = new byte[size];
        memory.get(at, octets);
        return octets;
    }

    /** SHA-256 over all three; k_v makes it unguessable, whatever masters were imported. */
    private static byte[] digest(byte[] ksak, byte[] zT, byte[] kV) {
        return Sha256.of(ksak, zT, kV);
    }
}
