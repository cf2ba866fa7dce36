package org.mckms.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.mckms.client.store.ClientStoreException.Fault;

class StoreSealTest {
    private static final byte[] CONTENT = "what is kept".getBytes(StandardCharsets.US_ASCII);

    @Test
    void isOpenedByAnotherImplementationFromThePassphrase() throws Exception {
        byte[] file;
        try (StoreKey key = StoreKey.passphrase("Gänsefüßchen 7".toCharArray());
                StoreSeal seal = StoreSeal.fresh(StoreKind.CLIENT_KEYS, key, new SecureRandom())) {
            file = seal.seal(5, CONTENT, new SecureRandom());
        }

        ByteBuffer in = ByteBuffer.wrap(file);
        assertThat(take(in, 8)).isEqualTo("MCKMSCKS".getBytes(StandardCharsets.US_ASCII));
        assertThat(in.getShort()).isEqualTo((short) 1);
        assertThat(in.get()).isEqualTo((byte) 1);
        assertThat(in.getShort()).isEqualTo((short) 20);
        int iterations = in.getInt();
        assertThat(iterations).isEqualTo(600_000);
        byte[] salt = take(in, 16);
        assertThat(in.getLong()).isEqualTo(5);
        byte[] check = take(in, 16);
        int upToDigest = in.position();
        SHA256Digest digest = new SHA256Digest();
        digest.update(file, 0, upToDigest);
        byte[] expectedDigest = new byte[32];
        digest.doFinal(expectedDigest, 0);
        assertThat(take(in, 32)).isEqualTo(expectedDigest);
        int upToIv = in.position();
        byte[] iv = take(in, 12);

        PKCS5S2ParametersGenerator pbkdf2 = new PKCS5S2ParametersGenerator(new SHA256Digest());
        pbkdf2.init("Gänsefüßchen 7".getBytes(StandardCharsets.UTF_8), salt, iterations);
        byte[] master = ((KeyParameter) pbkdf2.generateDerivedMacParameters(256)).getKey();
        assertThat(Arrays.copyOf(hmac(master, "mckms client key store, check"), 16))
                .isEqualTo(check);
        GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
        gcm.init(
                false,
                new AEADParameters(
                        new KeyParameter(hmac(master, "mckms client key store, seal")),
                        128,
                        iv,
                        Arrays.copyOf(file, upToIv + 12)));
        byte[] sealed = take(in, in.remaining());
        byte[] opened = new byte[gcm.getOutputSize(sealed.length)];
        int length = gcm.processBytes(sealed, 0, sealed.length, opened, 0);
        gcm.doFinal(opened, length);
        assertThat(opened).isEqualTo(CONTENT);
    }

    @Test
    void opensWithTheSamePassphraseOnly() {
        byte[] file;
        try (StoreKey key = StoreKey.passphrase("right".toCharArray());
                StoreSeal seal = StoreSeal.fresh(StoreKind.CLIENT_KEYS, key, new SecureRandom())) {
            file = seal.seal(1, CONTENT, new SecureRandom());
        }
        StoreSeal.Head head = StoreSeal.Head.of(StoreKind.CLIENT_KEYS, file);

        try (StoreKey key = StoreKey.passphrase("right".toCharArray());
                StoreSeal seal = StoreSeal.of(head, key)) {
            assertThat(seal.open(head, file)).isEqualTo(CONTENT);
        }
        try (StoreKey wrong = StoreKey.passphrase("wrong".toCharArray())) {
            assertThat(fault(() -> StoreSeal.of(head, wrong))).isEqualTo(Fault.WRONG_KEY);
        }
    }

    @Test
    void asksThePlatformForItsKey() {
        PlatformKey xor = new Xor((byte) 0x5A);
        byte[] file;
        try (StoreKey key = StoreKey.platform(xor);
                StoreSeal seal = StoreSeal.fresh(StoreKind.CLIENT_KEYS, key, new SecureRandom())) {
            file = seal.seal(1, CONTENT, new SecureRandom());
        }
        StoreSeal.Head head = StoreSeal.Head.of(StoreKind.CLIENT_KEYS, file);

        try (StoreSeal seal = StoreSeal.of(head, StoreKey.platform(xor))) {
            assertThat(seal.open(head, file)).isEqualTo(CONTENT);
        }
        assertThat(fault(() -> StoreSeal.of(head, StoreKey.platform(new Xor((byte) 1)))))
                .isEqualTo(Fault.WRONG_KEY);
        assertThat(fault(() -> StoreSeal.of(head, StoreKey.platform(new Failing()))))
                .isEqualTo(Fault.WRONG_KEY);
        assertThat(fault(() ->
                        StoreSeal.fresh(StoreKind.CLIENT_KEYS, StoreKey.platform(new Failing()), new SecureRandom())))
                .isEqualTo(Fault.NOT_ACCESSIBLE);
    }

    @Test
    void neverUsesAnIvTwice() {
        try (StoreSeal seal = StoreSeal.fresh(StoreKind.CLIENT_KEYS, TestKeys.storeKey(1), new SecureRandom())) {
            assertThat(seal.seal(1, CONTENT, new SecureRandom()))
                    .isNotEqualTo(seal.seal(1, CONTENT, new SecureRandom()));
        }
    }

    @Test
    void refusesFewIterations() {
        byte[] data = ByteBuffer.allocate(20).putInt(599_999).array();
        try (StoreKey key = StoreKey.passphrase("x".toCharArray())) {
            assertThat(fault(() -> key.recall(data))).isEqualTo(Fault.DAMAGED);
        }
        assertThatThrownBy(() -> StoreKey.passphrase(new char[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] hmac(byte[] key, String label) {
        HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(key));
        byte[] text = label.getBytes(StandardCharsets.US_ASCII);
        mac.update(text, 0, text.length);
        byte[] out = new byte[32];
        mac.doFinal(out, 0);
        return out;
    }

    private static byte[] take(ByteBuffer in, int octets) {
        byte[] taken = new byte[octets];
        in.get(taken);
        return taken;
    }

    private static Fault fault(ThrowingCallable call) {
        return catchThrowableOfType(ClientStoreException.class, call).fault();
    }

    /** Stands for a key of the platform; that it encrypts badly does not matter here. */
    private record Xor(byte mask) implements PlatformKey {
        @Override
        public String name() {
            return "xor";
        }

        @Override
        public byte[] wrap(byte[] key) {
            byte[] out = key.clone();
            for (int i = 0; i < out.length; i++) {
                out[i] ^= mask;
            }
            return out;
        }

        @Override
        public byte[] unwrap(byte[] wrapped) {
            return wrap(wrapped);
        }
    }

    private record Failing() implements PlatformKey {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public byte[] wrap(byte[] key) {
            throw new IllegalStateException("locked");
        }

        @Override
        public byte[] unwrap(byte[] wrapped) {
            throw new IllegalStateException("locked");
        }
    }
}
