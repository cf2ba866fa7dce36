package org.mckms.client.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.mckms.client.store.ClientStoreException.Fault;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * What opens a key store: a passphrase, a key of 256 bits that the application keeps, or a key of the platform. Holds a
 * copy of the secret: close it once the store is open. Not safe for use by several threads.
 */
public abstract sealed class StoreKey implements AutoCloseable {
    /** Length of every key here. */
    static final int OCTETS = 32;
    /** Most octets that a kind of key may put into the head of the file. */
    static final int MAX_DATA_OCTETS = 4096;
    /** Iterations of PBKDF2 in new files. */
    static final int ITERATIONS = 600_000;

    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_OCTETS = 16;

    private StoreKey() {}

    /**
     * A passphrase, stretched by PBKDF2 with HMAC-SHA-256 and 600 000 iterations.
     *
     * @param passphrase copied; the caller wipes it
     */
    public static StoreKey passphrase(char[] passphrase) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("the passphrase is empty");
        }
        return new Passphrase(passphrase.clone());
    }

    /**
     * A random key of 32 octets.
     *
     * @param key copied; the caller closes it
     */
    public static StoreKey key(SecretOctets key) {
        if (key.size() != OCTETS) {
            throw new IllegalArgumentException("the key of a store has 32 octets, not " + key.size());
        }
        return new Given(key.use(SecretOctets::copyOf));
    }

    /** A key that the platform keeps. */
    public static StoreKey platform(PlatformKey key) {
        return new Platform(key);
    }

    /** How the file names this kind of key. */
    abstract int method();

    /** The master key of a new store and the public data with which {@link #recall} finds it again. */
    abstract Master fresh(SecureRandom random);

    /**
     * The master key of an existing store; whether it is the right one is for the caller to check.
     *
     * @throws ClientStoreException DAMAGED if the data are none of this kind of key, WRONG_KEY if the platform's key
     *     cannot unwrap them, NOT_ACCESSIBLE if the platform fails
     */
    abstract Master recall(byte[] data);

    @Override
    public abstract void close();

    @Override
    public final String toString() {
        return "StoreKey[" + getClass().getSimpleName() + ", hidden]";
    }

    /** A master key, and what the head of the file says about it. */
    static final class Master implements AutoCloseable {
        private final int method;
        private final Octets data;
        private final SecretOctets key;

        private Master(int method, Octets data, SecretOctets key) {
            this.method = method;
            this.data = data;
            this.key = key;
        }

        int method() {
            return method;
        }

        Octets data() {
            return data;
        }

        SecretOctets key() {
            return key;
        }

        @Override
        public void close() {
            key.close();
        }
    }

    private static final class Passphrase extends StoreKey {
        private final char[] passphrase;

        Passphrase(char[] passphrase) {
            this.passphrase = passphrase;
        }

        @Override
        int method() {
            return 1;
        }

        @Override
        Master fresh(SecureRandom random) {
            byte[] salt = new byte[SALT_OCTETS];
            random.nextBytes(salt);
            return derive(ITERATIONS, salt);
        }

        @Override
        Master recall(byte[] data) {
            if (data.length != Integer.BYTES + SALT_OCTETS) {
                throw notOfThisKind();
            }
            int iterations = ByteBuffer.wrap(data).getInt();
            if (iterations < ITERATIONS || iterations > MAX_ITERATIONS) {
                throw new ClientStoreException(
                        Fault.DAMAGED, "the key store names an impossible number of iterations: " + iterations);
            }
            return derive(iterations, Arrays.copyOfRange(data, Integer.BYTES, data.length));
        }

        private Master derive(int iterations, byte[] salt) {
            PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, OCTETS * Byte.SIZE);
            try {
                SecretKey derived =
                        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
                byte[] data = ByteBuffer.allocate(Integer.BYTES + salt.length)
                        .putInt(iterations)
                        .put(salt)
                        .array();
                return new Master(method(), Octets.copyOf(data), SecretOctets.takeFrom(derived.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java installation has no PBKDF2 with HMAC-SHA-256", e);
            } finally {
                spec.clearPassword();
            }
        }

        @Override
        public void close() {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static final class Given extends StoreKey {
        private final SecretOctets key;

        Given(SecretOctets key) {
            this.key = key;
        }

        @Override
        int method() {
            return 2;
        }

        @Override
        Master fresh(SecureRandom random) {
            return recall(new byte[0]);
        }

        @Override
        Master recall(byte[] data) {
            if (data.length != 0) {
                throw notOfThisKind();
            }
            return new Master(method(), Octets.copyOf(data), key.use(SecretOctets::copyOf));
        }

        @Override
        public void close() {
            key.close();
        }
    }

    private static final class Platform extends StoreKey {
        private final PlatformKey key;

        Platform(PlatformKey key) {
            this.key = key;
        }

        @Override
        int method() {
            return 3;
        }

        @Override
        Master fresh(SecureRandom random) {
            byte[] master = new byte[OCTETS];
            random.nextBytes(master);
            try {
                byte[] wrapped = wrap(master);
                if (wrapped.length > MAX_DATA_OCTETS) {
                    throw new ClientStoreException(
                            Fault.NOT_ACCESSIBLE,
                            "the platform's key " + key.name() + " makes " + wrapped.length
                                    + " octets of a key, at most " + MAX_DATA_OCTETS + " fit");
                }
                return new Master(method(), Octets.copyOf(wrapped), SecretOctets.copyOf(master));
            } finally {
                Arrays.fill(master, (byte) 0);
            }
        }

        private byte[] wrap(byte[] master) {
            try {
                return key.wrap(master);
            } catch (RuntimeException e) {
                throw new ClientStoreException(
                        Fault.NOT_ACCESSIBLE, "the platform's key " + key.name() + " cannot be used", e);
            }
        }

        @Override
        Master recall(byte[] data) {
            byte[] master;
            try {
                master = key.unwrap(data.clone());
            } catch (RuntimeException e) {
                throw new ClientStoreException(
                        Fault.WRONG_KEY, "the platform's key " + key.name() + " does not open the key store", e);
            }
            if (master.length != OCTETS) {
                Arrays.fill(master, (byte) 0);
                throw new ClientStoreException(
                        Fault.NOT_ACCESSIBLE, "the platform's key " + key.name() + " gave something else than a key");
            }
            return new Master(method(), Octets.copyOf(data), SecretOctets.takeFrom(master));
        }

        @Override
        public void close() {
            // the platform keeps its key
        }
    }

    private static ClientStoreException notOfThisKind() {
        return new ClientStoreException(Fault.DAMAGED, "the head of the key store does not fit its kind of key");
    }
}
