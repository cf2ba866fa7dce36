package org.mckms.protocol.audit;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.SortedMap;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * A signed statement of how far every chain has come. Building one checks its form; {@link #isIntact()} checks its hash
 * and {@link #isSignedBy} its signature.
 *
 * @param body what it says
 * @param hash SHA-256 of the signed message, 32 octets
 * @param signature ECDSA on P-256 with SHA-256, DER, at most 72 octets
 * @throws InvalidValueException if hash or signature has an impossible size
 */
public record AuditCheckpoint(CheckpointBody body, Octets hash, Octets signature) {
    private static final int MAX_SIGNATURE_OCTETS = 72;

    public AuditCheckpoint {
        AuditChecks.hash(hash, "hash");
        if (signature.size() == 0 || signature.size() > MAX_SIGNATURE_OCTETS) {
            throw new InvalidValueException("signature has " + signature.size() + " octets, 1 to 72 needed");
        }
    }

    /** Number of the checkpoint, from 1 without gap. */
    public long number() {
        return body.number();
    }

    /** When it was made. */
    public Instant time() {
        return body.time();
    }

    /** The head of every chain, by name. */
    public SortedMap<String, ChainHead> heads() {
        return body.heads();
    }

    /** Hash of the checkpoint before it, 32 octets; zeros in the first. */
    public Octets previousHash() {
        return body.previousHash();
    }

    /** Whether the hash is the one that the body gives. */
    public boolean isIntact() {
        return body.hash().equals(hash);
    }

    /** Whether the signature over the body is of this key; a malformed signature is of none. */
    public boolean isSignedBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(body.message().toByteArray());
            return verifier.verify(signature.toByteArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The checkpoint as one line of JSON, without line end: the body, then previous, hash and signature in hex. */
    public String toJson() {
        return body.json()
                .text("previous", previousHash().toHex())
                .text("hash", hash.toHex())
                .text("signature", signature.toHex())
                .end()
                .toString();
    }

    /**
     * Reads a line as {@link #toJson()} writes it, octet for octet.
     *
     * @throws InvalidValueException if the line is not exactly that
     */
    public static AuditCheckpoint parse(String line) {
        return AuditLines.parseCheckpoint(line);
    }
}
