package org.mckms.protocol.audit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mckms.mikeysakke.Octets;

/** An audit trail that grows by a second with each step, for tests to spoil. */
final class Trail {
    final List<AuditRecord> records = new ArrayList<>();
    final List<AuditCheckpoint> checkpoints = new ArrayList<>();
    final SortedMap<String, ChainHead> heads = new TreeMap<>();
    private final KeyPair signer;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Trail() {
        signer = newKeyPair("secp256r1");
    }

    static KeyPair newKeyPair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Chains are called node/number. */
    Trail open(String chain) {
        return add(AuditRecord.first(chain, entry(chain, AuditEvent.CHAIN_OPENED, Map.of())));
    }

    Trail add(String chain) {
        return after(chain, AuditEvent.KEYS_PROVISIONED, Map.of("period", "1514"));
    }

    Trail close(String chain) {
        return after(chain, AuditEvent.CHAIN_CLOSED, Map.of());
    }

    Trail adopt(String chain, String crashed) {
        return after(chain, AuditEvent.CHAIN_ADOPTED, AuditRecord.adoption(crashed, heads.get(crashed)));
    }

    Trail after(String chain, AuditEvent event, Map<String, String> details) {
        return add(AuditRecord.after(chain, heads.get(chain), entry(chain, event, details)));
    }

    Trail add(AuditRecord record) {
        records.add(record);
        heads.put(record.chain(), record.head());
        return this;
    }

    AuditEntry entry(String chain, AuditEvent event, Map<String, String> details) {
        now = now.plusSeconds(1);
        String node = chain.substring(0, chain.indexOf('/'));
        return new AuditEntry(now, node, event, "DONE", "actor", "subject", new TreeMap<>(details));
    }

    Trail checkpoint() {
        return checkpoint(heads, signer);
    }

    Trail checkpoint(Map<String, ChainHead> stated, KeyPair key) {
        Optional<AuditCheckpoint> previous =
                checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.get(checkpoints.size() - 1));
        checkpoints.add(sign(CheckpointBody.next(previous, now, stated), key));
        return this;
    }

    Trail checkpoint(Map<String, ChainHead> stated) {
        return checkpoint(stated, signer);
    }

    static AuditCheckpoint sign(CheckpointBody body, KeyPair key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(body.message().toByteArray());
            return body.signed(Octets.copyOf(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A record with the same place but other content, its hash made to fit. */
    AuditRecord forged(AuditRecord record) {
        ChainHead before = new ChainHead(Math.max(1, record.sequence() - 1), record.previousHash());
        AuditEntry other = entry(record.chain(), AuditEvent.KEYS_PROVISIONED, Map.of("period", "1"));
        return record.sequence() == 1
                ? AuditRecord.first(record.chain(), other)
                : AuditRecord.after(record.chain(), before, other);
    }

    /** As the trail of a running server. */
    AuditReport verify() {
        return verify(0);
    }

    /** @param atLeastCheckpoint number demanded of the newest checkpoint */
    AuditReport verify(long atLeastCheckpoint) {
        AuditVerifier verifier = new AuditVerifier(signer.getPublic(), atLeastCheckpoint);
        checkpoints.forEach(verifier::checkpoint);
        records.forEach(verifier::record);
        return verifier.report();
    }

    String fault() {
        return verify().firstFault().map(AuditFault::toString).orElse("none");
    }
}
