package org.mckms.mikeysakke.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;

class SecretHoldersTest {
    @Test
    void takesTheOctetsAndZeroesTheSource() {
        byte[] source = {1, 2, 3};
        try (SecretOctets secret = SecretOctets.takeFrom(source)) {
            assertThat(source).containsOnly(0);
            assertThat(secret.use(Octets::copyOf)).isEqualTo(Octets.fromHex("010203"));
            assertThat(secret.size()).isEqualTo(3);
        }
    }

    @Test
    void copiesAndLeavesTheSource() {
        byte[] source = {1, 2, 3};
        try (SecretOctets secret = SecretOctets.copyOf(source)) {
            assertThat(source).containsExactly(1, 2, 3);
            assertThat(secret.use(Octets::copyOf)).isEqualTo(Octets.fromHex("010203"));
        }
    }

    @Test
    void zeroesItsOctetsOnClose() {
        AtomicReference<byte[]> lent = new AtomicReference<>();
        SecretOctets secret = SecretOctets.copyOf(new byte[] {1, 2, 3});
        secret.use(octets -> {
            lent.set(octets);
            return null;
        });

        secret.close();
        secret.close();

        assertThat(lent.get()).containsOnly(0);
        assertThat(secret.size()).isEqualTo(3);
    }

    @Test
    void staysWholeUntilTheLastUseReturns() {
        SecretOctets secret = SecretOctets.copyOf(new byte[] {1, 2, 3});
        AtomicReference<byte[]> lent = new AtomicReference<>();
        AtomicReference<Throwable> refusal = new AtomicReference<>();

        Octets seen = secret.use(octets -> {
            lent.set(octets);
            Thread other = new Thread(() -> {
                secret.close();
                try {
                    secret.use(Octets::copyOf);
                } catch (IllegalStateException e) {
                    refusal.set(e);
                }
            });
            other.start();
            joined(other);
            return Octets.copyOf(octets);
        });

        assertThat(seen).isEqualTo(Octets.fromHex("010203"));
        assertThat(refusal.get()).isInstanceOf(IllegalStateException.class);
        assertThat(lent.get()).containsOnly(0);
    }

    @Test
    void isZeroedWhenTheLastUseFails() {
        SecretOctets secret = SecretOctets.copyOf(new byte[] {1, 2, 3});
        AtomicReference<byte[]> lent = new AtomicReference<>();

        assertThatThrownBy(() -> secret.use(octets -> {
                    lent.set(octets);
                    secret.close();
                    throw new ArithmeticException("of the action");
                }))
                .isInstanceOf(ArithmeticException.class);

        assertThat(lent.get()).containsOnly(0);
    }

    private static void joined(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesUseAfterClose() {
        SecretOctets closed = SecretOctets.copyOf(new byte[1]);
        SecretScalar closedScalar = SecretScalar.takeFrom(new byte[1]);
        closed.close();
        closedScalar.close();

        assertThatThrownBy(() -> closed.use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closedScalar.use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        try (SecretOctets open = SecretOctets.copyOf(new byte[1])) {
            assertThatThrownBy(() -> closed.constantTimeEquals(open)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> open.constantTimeEquals(closed)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void comparesByValue() {
        try (SecretOctets one = SecretOctets.copyOf(new byte[] {1, 2});
                SecretOctets same = SecretOctets.copyOf(new byte[] {1, 2});
                SecretOctets other = SecretOctets.copyOf(new byte[] {1, 3});
                SecretOctets longer = SecretOctets.copyOf(new byte[] {1, 2, 0})) {
            assertThat(one.constantTimeEquals(same)).isTrue();
            assertThat(one.constantTimeEquals(other)).isFalse();
            assertThat(one.constantTimeEquals(longer)).isFalse();
        }
    }

    @Test
    void keepsTheWidthOfAScalar() {
        byte[] source = {0, 0, 7};
        try (SecretScalar scalar = SecretScalar.takeFrom(source)) {
            assertThat(source).containsOnly(0);
            assertThat(scalar.size()).isEqualTo(3);
            assertThat(scalar.use(Octets::copyOf)).isEqualTo(Octets.fromHex("000007"));
        }
    }

    @Test
    void doesNotPrintTheSecret() {
        try (SecretOctets octets = SecretOctets.copyOf(new byte[] {77, 78});
                SecretScalar scalar = SecretScalar.takeFrom(new byte[] {77, 78})) {
            assertThat(octets).hasToString("SecretOctets[2 octets, hidden]");
            assertThat(scalar).hasToString("SecretScalar[2 octets, hidden]");
        }
    }
}
