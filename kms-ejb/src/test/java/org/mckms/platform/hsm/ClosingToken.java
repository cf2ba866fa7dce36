package org.mckms.platform.hsm;

import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A token that tells when it is closed. */
record ClosingToken(Token token, CountDownLatch closed) implements Token {

    @Override
    public Set<String> keyLabels() {
        return token.keyLabels();
    }

    @Override
    public void reload() {
        token.reload();
    }

    @Override
    public void makeMacKey(String label) {
        token.makeMacKey(label);
    }

    @Override
    public void makeEncryptionKey(String label) {
        token.makeEncryptionKey(label);
    }

    @Override
    public void makeSigningKey(String label, String commonName) {
        token.makeSigningKey(label, commonName);
    }

    @Override
    public void destroyKey(String label) {
        token.destroyKey(label);
    }

    @Override
    public byte[] mac(String label, MacAlgorithm algorithm, byte[] message) {
        return token.mac(label, algorithm, message);
    }

    @Override
    public SealedOctets seal(String label, byte[] clear, byte[] aad) {
        return token.seal(label, clear, aad);
    }

    @Override
    public byte[] open(String label, SealedOctets sealedOctets, byte[] aad) {
        return token.open(label, sealedOctets, aad);
    }

    @Override
    public byte[] random(int octets) {
        return token.random(octets);
    }

    @Override
    public byte[] sign(String label, byte[] message) {
        return token.sign(label, message);
    }

    @Override
    public byte[] certificate(String label) {
        return token.certificate(label);
    }

    @Override
    public void close() {
        token.close();
        closed.countDown();
    }
}
