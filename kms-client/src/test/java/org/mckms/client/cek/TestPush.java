package org.mckms.client.cek;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.client.ClientBench;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Pushes of a KMS to {@link TestCek#SERVER}: good ones, and each with one thing wrong. */
final class TestPush {
    static final String ADDRESS = "https://mcptt.example.org/ceks";

    private String server = TestCek.SERVER;
    private String kms = ClientBench.KMS_URI;
    private String address = ADDRESS;
    private Instant time = ClientBench.NOW;
    private Optional<NamedKey> signer;
    private Optional<NamedKey> wrapper;

    TestPush() {
        this(1);
    }

    private TestPush(int pair) {
        try (ClientKeys keys = TestKeys.clientKeys(pair, TestCek.SERVER)) {
            signer = Optional.of(keys.signingKey().copy());
            wrapper = Optional.of(keys.transportKey().copy());
        }
    }

    TestPush under(int pair) {
        return new TestPush(pair);
    }

    TestPush signedUnder(NamedKey key) {
        TestPush other = new TestPush();
        other.signer = Optional.of(key);
        return other;
    }

    TestPush unsigned() {
        TestPush other = new TestPush();
        other.signer = Optional.empty();
        return other;
    }

    TestPush wrappedUnder(NamedKey key) {
        TestPush other = new TestPush();
        other.wrapper = Optional.of(key);
        return other;
    }

    TestPush plain() {
        TestPush other = new TestPush();
        other.wrapper = Optional.empty();
        return other;
    }

    TestPush to(String otherServer) {
        TestPush other = new TestPush();
        other.server = otherServer;
        return other;
    }

    TestPush by(String otherKms) {
        TestPush other = new TestPush();
        other.kms = otherKms;
        return other;
    }

    TestPush at(String otherAddress) {
        TestPush other = new TestPush();
        other.address = otherAddress;
        return other;
    }

    TestPush made(Instant otherTime) {
        TestPush other = new TestPush();
        other.time = otherTime;
        return other;
    }

    byte[] of(TestCek... ceks) {
        return encode(TestCek.list(ceks));
    }

    /** Signed as a push is, and something else. */
    byte[] ofCertificates() {
        return encode(new KmsCertCache(OptionalLong.empty(), List.of()));
    }

    private byte[] encode(KmsAnswer answer) {
        try (KmsResponse response = new KmsResponse(server, kms, time, Optional.of("kms-1"), address, answer);
                ResponseProtection protection =
                        new ResponseProtection(wrapper.map(NamedKey::copy), signer.map(NamedKey::copy))) {
            return KmsResponseCodec.encode(response, WireDialect.STANDARD, protection);
        }
    }
}
