package org.mckms.kms.infrastructure.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.mckms.kms.domain.SealCounts;
import org.mckms.platform.datakey.DataKeyWrapping;
import org.mckms.platform.datakey.WrappedKey;
import org.mckms.platform.hsm.SealedOctets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Wraps data keys under {@code kms.store.session.<n>}, whose label is authenticated with them. */
final class SessionStore implements DataKeyWrapping {

    private final TokenAccess access;
    private final VaultSwitch vaultSwitch;
    private final VaultLifecycle lifecycle;
    private final SealCounts counts;

    SessionStore(TokenAccess access, VaultSwitch vaultSwitch, VaultLifecycle lifecycle, SealCounts counts) {
        this.access = access;
        this.vaultSwitch = vaultSwitch;
        this.lifecycle = lifecycle;
        this.counts = counts;
    }

    @Override
    public long activation() {
        return vaultSwitch.require().generation();
    }

    @Override
    public void whenEnded(LongConsumer wipe) {
        lifecycle.whenEnded(wipe);
    }

    @Override
    public WrappedKey wrap(byte[] key, byte[] aad) {
        String label = access.newest(StoreRow.SESSION);
        if (counts.seals(label) >= SealCounts.MOST) {
            throw new KmsException(
                    KmsErrorCode.NOT_READY,
                    "the token key " + label + " was used " + SealCounts.MOST
                            + " times; an officer makes the next one");
        }
        counts.countSeal(label);
        SealedOctets sealed = access.call(token -> token.seal(label, key, bound(aad, label)));
        return new WrappedKey(label, sealed.iv(), sealed.ciphertext());
    }

    @Override
    public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] aad) {
        return access.open(
                wrapped.label(), new SealedOctets(wrapped.iv(), wrapped.ciphertext()), bound(aad, wrapped.label()));
    }

    /** The label with its length, then {@code aad}. */
    private static byte[] bound(byte[] aad, String label) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Integer.BYTES + name.length + aad.length)
                .putInt(name.length)
                .put(name)
                .put(aad)
                .array();
    }
}
