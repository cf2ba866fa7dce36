package org.mckms.mikeysakke.sakke;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.LineTable;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * Opens what was encapsulated to one receiver (RFC 6508 clause 6.2.2), many messages at a time if need be.
 *
 * <p>It holds the receiver's key, or lines of the pairing that are as secret; both are zeroed on close. Several threads may use it at
 * once; the owner closes it after the last use has returned.
 */
public final class SakkeDecapsulator implements AutoCloseable {
    private final Decapsulation decapsulation;
    private final UnaryOperator<byte[][]> pairing;
    private final Runnable wipe;

    private SakkeDecapsulator(Decapsulation decapsulation, UnaryOperator<byte[][]> pairing, Runnable wipe) {
        this.decapsulation = decapsulation;
        this.pairing = pairing;
        this.wipe = wipe;
    }

    /**
     * For a receiver that opens a few messages.
     *
     * @param kms the KMS of the receiver
     * @param rsk copied; the caller closes it
     * @param identity b of the receiver, the one that the RSK was extracted for
     * @throws org.mckms.mikeysakke.InvalidValueException if the identity is empty or not below q
     */
    public static SakkeDecapsulator of(SakkeEncapsulator kms, ReceiverSecretKey rsk, Octets identity) {
        Decapsulation decapsulation = new Decapsulation(kms, identity);
        SecretOctets key = rsk.use(SecretOctets::copyOf);
        return new SakkeDecapsulator(
                decapsulation, points -> key.use(octets -> decapsulation.pair(octets, points)), key::close);
    }

    /**
     * For a receiver that opens many messages with one key: a table of lines makes the pairing more than three times as fast. It takes
     * the time of less than two pairings to make, and about 0.4 MB in the scalar core.
     *
     * @param kms the KMS of the receiver
     * @param rsk not kept; the caller closes it
     * @param identity b of the receiver, the one that the RSK was extracted for
     * @throws org.mckms.mikeysakke.InvalidValueException if the identity is empty or not below q
     */
    public static SakkeDecapsulator withLineTable(SakkeEncapsulator kms, ReceiverSecretKey rsk, Octets identity) {
        SakkeCore core = kms.core();
        Decapsulation decapsulation = new Decapsulation(kms, identity);
        LineTable lines = rsk.use(core::lineTable);
        return new SakkeDecapsulator(decapsulation, points -> core.pair(lines, points), lines::close);
    }

    /**
     * Opens one message.
     *
     * @return the SSV, which the caller closes
     * @throws DecapsulationException if the data cannot be opened, for whatever reason
     * @throws IllegalStateException after close
     */
    public SharedSecretValue decapsulate(EncapsulatedData data) {
        return decapsulateAll(List.of(data)).get(0).orElseThrow(DecapsulationException::new);
    }

    /**
     * Opens messages.
     *
     * @return for each, in their order, the SSV, which the caller closes, or nothing if it cannot be opened, for whatever reason
     * @throws IllegalStateException after close
     */
    public List<Optional<SharedSecretValue>> decapsulateAll(List<EncapsulatedData> all) {
        return decapsulation.open(all, pairing);
    }

    /** Zeroes what is secret; closing again does nothing. */
    @Override
    public void close() {
        wipe.run();
    }

    @Override
    public String toString() {
        return "SakkeDecapsulator[hidden]";
    }
}
