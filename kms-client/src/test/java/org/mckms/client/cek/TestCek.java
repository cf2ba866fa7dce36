package org.mckms.client.cek;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.client.ClientBench;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** Content encryption keys of tests: Key ID and key are recognisable octets, made from a number. */
public record TestCek(
        int number,
        long revision,
        Optional<String> user,
        String server,
        Optional<String> session,
        CekStatus status,
        Instant validFrom,
        Optional<Instant> validTo,
        Optional<Instant> refreshAfter,
        OptionalLong messages) {
    public static final String ALICE = ClientBench.ALICE;
    public static final String BOB = "sip:bob@example.org";
    public static final String SERVER = "sip:mcptt-server@example.org";
    public static final Instant NOW = ClientBench.NOW;

    /** Active, for an hour, of no session. */
    public static TestCek of(int number) {
        return new TestCek(
                number,
                1,
                Optional.of(ALICE),
                SERVER,
                Optional.empty(),
                CekStatus.ACTIVE,
                NOW,
                Optional.of(NOW.plus(Duration.ofHours(1))),
                Optional.empty(),
                OptionalLong.empty());
    }

    public TestCek revision(long other) {
        return new TestCek(number, other, user, server, session, status, validFrom, validTo, refreshAfter, messages);
    }

    public TestCek user(String other) {
        return new TestCek(
                number,
                revision,
                Optional.of(other),
                server,
                session,
                status,
                validFrom,
                validTo,
                refreshAfter,
                messages);
    }

    public TestCek withoutUser() {
        return new TestCek(
                number,
                revision,
                Optional.empty(),
                server,
                session,
                status,
                validFrom,
                validTo,
                refreshAfter,
                messages);
    }

    public TestCek server(String other) {
        return new TestCek(number, revision, user, other, session, status, validFrom, validTo, refreshAfter, messages);
    }

    public TestCek session(String other) {
        return new TestCek(
                number, revision, user, server, Optional.of(other), status, validFrom, validTo, refreshAfter, messages);
    }

    public TestCek status(CekStatus other) {
        return new TestCek(number, revision, user, server, session, other, validFrom, validTo, refreshAfter, messages);
    }

    public TestCek validFrom(Instant other) {
        return new TestCek(number, revision, user, server, session, status, other, validTo, refreshAfter, messages);
    }

    public TestCek validTo(Instant other) {
        return new TestCek(
                number, revision, user, server, session, status, validFrom, Optional.of(other), refreshAfter, messages);
    }

    public TestCek refreshAfter(Instant other) {
        return new TestCek(
                number, revision, user, server, session, status, validFrom, validTo, Optional.of(other), messages);
    }

    public TestCek messages(long other) {
        return new TestCek(
                number,
                revision,
                user,
                server,
                session,
                status,
                validFrom,
                validTo,
                refreshAfter,
                OptionalLong.of(other));
    }

    public static Octets keyId(int number) {
        return Octets.copyOf(filled(16, number));
    }

    /** The key, without what is known of it. */
    public static ContentEncryptionKey key(int number) {
        return key(number, 0x80 + number);
    }

    private static ContentEncryptionKey key(int number, int octet) {
        return new ContentEncryptionKey(keyId(number), SecretOctets.takeFrom(filled(32, octet)));
    }

    public Cek build() {
        return build(0x80 + number);
    }

    /** With other octets of the key. */
    public Cek build(int octet) {
        return new Cek(
                keyId(number),
                revision,
                user,
                server,
                session,
                status,
                validFrom,
                validTo,
                refreshAfter,
                messages,
                status == CekStatus.REVOKED ? Optional.empty() : Optional.of(key(number, octet)));
    }

    public static CekList list(TestCek... ceks) {
        return new CekList(Arrays.stream(ceks).map(TestCek::build).toList());
    }

    public static CekList none() {
        return new CekList(List.of());
    }

    private static byte[] filled(int octets, int value) {
        byte[] filled = new byte[octets];
        Arrays.fill(filled, (byte) value);
        return filled;
    }
}
