package org.mckms.protocol.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * Verifies an audit trail: first all checkpoints in order, then all records, those of one chain in order and the chains
 * mixed in any way. Nothing is kept of a record once it is taken, so a trail may be of any length. One instance serves
 * one verification and one thread.
 *
 * <p>Held to be good: every record and checkpoint is intact and follows the one before it; every checkpoint is signed;
 * heads of checkpoints only grow, lose no chain and agree with the records; every chain begins with CHAIN_OPENED; every
 * chain ends with CHAIN_CLOSED, or was adopted where it ends, or is the latest of its node and so may still be open.
 *
 * <p>Only a checkpoint tells a true trail from one that somebody made up. An export is therefore held to be good only if
 * it has records and a checkpoint, see {@link #AuditVerifier(X509Certificate, long)}. The trail of a running server may
 * be without one in its first seconds: there, {@link AuditReport#checkpoints()} and {@link AuditReport#uncovered()} tell.
 */
public final class AuditVerifier {
    private static final BigInteger P256_ORDER =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    private final CheckpointCheck checkpoints;
    private final long atLeastCheckpoint;
    private final SortedMap<String, ChainCheck> chains = new TreeMap<>();
    private final Map<String, String> latestOfNode = new HashMap<>();
    private final Adoptions adoptions = new Adoptions();
    private long records;
    private long uncovered;
    private Optional<AuditFault> firstFault = Optional.empty();

    /**
     * Prepares the verification of a running server's own trail, which may still be without checkpoint or record.
     *
     * @param certificate of the key that signs checkpoints; its period of validity is not looked at
     * @throws InvalidValueException if its key is not one of ECDSA on P-256
     */
    public AuditVerifier(X509Certificate certificate) {
        this(certificate.getPublicKey(), 0);
    }

    /**
     * Prepares the verification of an export: that it has no record, or none of the checkpoints demanded, is a fault.
     *
     * @param certificate of the key that signs checkpoints; its period of validity is not looked at
     * @param atLeastCheckpoint number that the newest checkpoint must have reached, from 1
     * @throws InvalidValueException if its key is not one of ECDSA on P-256, or the number is below 1
     */
    public AuditVerifier(X509Certificate certificate, long atLeastCheckpoint) {
        this(certificate.getPublicKey(), AuditChecks.positive(atLeastCheckpoint, "number of the checkpoint demanded"));
    }

    /** @param atLeastCheckpoint 0 if neither a checkpoint nor a record is demanded */
    AuditVerifier(PublicKey signer, long atLeastCheckpoint) {
        if (!(signer instanceof ECPublicKey key && key.getParams().getOrder().equals(P256_ORDER))) {
            throw new InvalidValueException("the audit certificate has no key on P-256");
        }
        this.checkpoints = new CheckpointCheck(signer);
        this.atLeastCheckpoint = atLeastCheckpoint;
    }

    /**
     * Reads an audit certificate.
     *
     * @param derOrPem X.509, DER or PEM
     * @throws InvalidValueException if it is none
     */
    public static X509Certificate certificate(byte[] derOrPem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(derOrPem));
        } catch (CertificateException e) {
            throw new InvalidValueException("the audit certificate is not an X.509 certificate", e);
        }
    }

    /**
     * Verifies an export: JSON lines as {@link AuditRecord#toJson()} and {@link AuditCheckpoint#toJson()} write them,
     * in UTF-8, each ended by a line feed. A line of another form is a fault, as is an export without record or without
     * checkpoint. The streams stay open.
     *
     * @throws IOException if a stream cannot be read
     */
    public static AuditReport verify(InputStream records, InputStream checkpoints, X509Certificate certificate)
            throws IOException {
        return verify(records, checkpoints, certificate, 1);
    }

    /**
     * The same for an export that must reach a checkpoint that is known from elsewhere.
     *
     * @param atLeastCheckpoint number that the newest checkpoint must have reached, from 1
     * @throws IOException if a stream cannot be read
     */
    public static AuditReport verify(
            InputStream records, InputStream checkpoints, X509Certificate certificate, long atLeastCheckpoint)
            throws IOException {
        AuditVerifier verifier = new AuditVerifier(certificate, atLeastCheckpoint);
        verifier.readAll(checkpoints, "checkpoints", AuditCheckpoint::parse, verifier::checkpoint);
        verifier.readAll(records, "records", AuditRecord::parse, verifier::record);
        return verifier.report();
    }

    /**
     * Takes the next checkpoint; does nothing after a fault.
     *
     * @throws IllegalStateException after the first record
     */
    public void checkpoint(AuditCheckpoint checkpoint) {
        if (!chains.isEmpty()) {
            throw new IllegalStateException("checkpoints come before records");
        }
        unlessFaulty(() -> checkpoints.take(checkpoint));
    }

    /** Takes the next record; does nothing after a fault. */
    public void record(AuditRecord record) {
        unlessFaulty(() -> take(record));
    }

    /** The result over what was taken so far; with a fault, the numbers are those of what was good before it. */
    public AuditReport report() {
        unlessFaulty(this::requireProperEnds);
        unlessFaulty(this::requireCheckpoint);
        return new AuditReport(
                records, chains.size(), checkpoints.count(), checkpoints.newestTime(), uncovered, firstFault);
    }

    private <T> void readAll(InputStream in, String what, Function<String, T> parser, Consumer<T> taker)
            throws IOException {
        LineReader lines = new LineReader(in, what);
        try {
            Optional<String> line = Optional.empty();
            while (firstFault.isEmpty() && (line = lines.next()).isPresent()) {
                taker.accept(parser.apply(line.get()));
            }
        } catch (FaultFound e) {
            firstFault = Optional.of(e.fault());
        } catch (InvalidValueException e) {
            firstFault = Optional.of(new AuditFault(lines.where(), e.getMessage()));
        }
    }

    private void take(AuditRecord record) throws FaultFound {
        ChainCheck chain = chains.get(record.chain());
        if (chain == null) {
            begin(record);
        } else {
            chain.take(record);
        }
        adoptions.take(record);
        records++;
        if (!checkpoints.covers(record)) {
            uncovered++;
        }
    }

    private void begin(AuditRecord first) throws FaultFound {
        ChainCheck chain = ChainCheck.begin(first, checkpoints.logOf(first.chain()));
        String latest = latestOfNode.get(first.node());
        if (latest == null || !chain.opened().isBefore(chains.get(latest).opened())) {
            latestOfNode.put(first.node(), first.chain());
        }
        chains.put(first.chain(), chain);
    }

    private void requireProperEnds() throws FaultFound {
        for (Map.Entry<String, HeadLog> entry : checkpoints.logs().entrySet()) {
            Optional<String> missing = entry.getValue().missing();
            if (missing.isPresent()) {
                throw new FaultFound("chain " + entry.getKey(), ending(entry.getKey()) + ", but " + missing.get());
            }
        }
        adoptions.requireTrue(chains);
        for (Map.Entry<String, ChainCheck> entry : chains.entrySet()) {
            String chain = entry.getKey();
            String latest = latestOfNode.get(entry.getValue().node());
            boolean ended = entry.getValue().closed() || adoptions.contains(chain) || chain.equals(latest);
            FaultFound.unless(
                    ended,
                    "chain " + chain,
                    ending(chain) + " neither closed nor adopted, though chain " + latest
                            + " of the same node is later");
        }
    }

    private void requireCheckpoint() throws FaultFound {
        if (atLeastCheckpoint == 0) {
            return;
        }
        long newest = checkpoints.count();
        FaultFound.unless(newest > 0, "checkpoints", "there is none, so nothing shows who wrote these records");
        FaultFound.unless(
                newest >= atLeastCheckpoint,
                "checkpoints",
                "the newest has number " + newest + ", number " + atLeastCheckpoint + " at least is demanded");
        FaultFound.unless(records > 0, "records", "there is none");
    }

    private String ending(String chain) {
        return chains.containsKey(chain)
                ? "it ends at sequence " + chains.get(chain).head().sequence()
                : "all its records are missing";
    }

    private void unlessFaulty(Step step) {
        if (firstFault.isEmpty()) {
            try {
                step.run();
            } catch (FaultFound e) {
                firstFault = Optional.of(e.fault());
            }
        }
    }

    private interface Step {
        void run() throws FaultFound;
    }
}
