package org.mckms.gms.infrastructure.kms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.client.ClientSetupException;
import org.mckms.client.KmsClientException;
import org.mckms.client.RegistrationImport;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreOwner;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.platform.config.GmsKmsSettings.Registration;
import org.mckms.platform.config.GmsSettings;
import org.mckms.protocol.sealed.Opener;

/**
 * The key store file of the GMS on this node, and the registration file that its first keys come from. A registration is
 * imported once: its SHA-256 is kept beside the store, since later the keys that the KMS has announced are in its place.
 */
final class GmsKeyStore {

    private final GmsSettings settings;
    private final GmsEnvironment environment;
    private final Path file;
    private final Path imported;

    GmsKeyStore(GmsSettings settings, GmsEnvironment environment) {
        this.settings = settings;
        this.environment = environment;
        Path folder = settings.kms().storeDirectory();
        this.file = folder.resolve("gms-" + environment.node() + ".keys");
        this.imported = folder.resolve("gms-" + environment.node() + ".registration-sha256");
    }

    /**
     * Opens the key store, makes it out of the registration if there is none, and takes over a new registration.
     *
     * @throws KmsClientException if there is neither a key store nor a registration that can be used, or the key store
     *     belongs to somebody else
     * @throws org.mckms.client.store.ClientStoreException if the file cannot be used
     * @throws org.mckms.protocol.error.KmsException if the token or the database is away
     */
    ClientKeyStore open() {
        makeFolder();
        DataKeyWrap wrap =
                new DataKeyWrap(environment.dataKeys(), settings.kms().kmsUri(), settings.uri(), environment.node());
        try (StoreKey key = StoreKey.platform(wrap)) {
            return Files.exists(file) ? opened(key) : created(key);
        }
    }

    private ClientKeyStore created(StoreKey key) {
        Registration registration = settings.kms()
                .registration()
                .orElseThrow(() -> new ClientSetupException("the GMS is not registered: there is neither the key store "
                        + file + " nor gms.registration-file"));
        byte[] octets = read(registration);
        try (RegistrationImport first = imported(registration, octets, Optional.empty())) {
            ClientKeyStore store = first.createStore(file, key, environment.random());
            remember(octets, store);
            return store;
        }
    }

    private ClientKeyStore opened(StoreKey key) {
        ClientKeyStore store = ClientKeyStore.open(file, key, environment.random());
        try {
            check(store.owner());
            if (settings.kms().registration().isPresent()) {
                renew(store, settings.kms().registration().get());
            }
            return store;
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    private void renew(ClientKeyStore store, Registration registration) {
        if (!Files.exists(registration.file())) {
            return;
        }
        byte[] octets = read(registration);
        if (isRemembered(octets)) {
            return;
        }
        try (RegistrationImport next = imported(registration, octets, Optional.of(store))) {
            next.renew(store);
            remember(octets, store);
        }
    }

    private RegistrationImport imported(Registration registration, byte[] octets, Optional<ClientKeyStore> store) {
        char[] passphrase = SmallFile.firstLine(registration.passphraseFile(), "the passphrase of the registration");
        try (Opener opener = Opener.passphrase(passphrase)) {
            RegistrationImport opened = RegistrationImport.open(
                    octets,
                    opener,
                    store.flatMap(ClientKeyStore::bundleSigner),
                    environment.clock().instant());
            try {
                check(new StoreOwner(
                        opened.registration().kmsUri(),
                        opened.registration().userUri(),
                        opened.registration().device()));
                return opened;
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private void check(StoreOwner owner) {
        if (!owner.userUri().equals(settings.uri())
                || !owner.kmsUri().equals(settings.kms().kmsUri())) {
            throw new KmsClientException("the keys are those of " + owner.userUri() + " at " + owner.kmsUri()
                    + ", not of " + settings.uri() + " at " + settings.kms().kmsUri());
        }
    }

    private static byte[] read(Registration registration) {
        return SmallFile.read(registration.file(), "the registration of the GMS");
    }

    private boolean isRemembered(byte[] registration) {
        return Files.exists(imported)
                && digest(registration)
                        .equals(new String(
                                        SmallFile.read(imported, "the name of the registration"),
                                        StandardCharsets.US_ASCII)
                                .strip());
    }

    /** After the store is written: a crash in between imports the same keys again, which are still the ones in use. */
    private void remember(byte[] registration, ClientKeyStore store) {
        try {
            Files.writeString(imported, digest(registration) + "\n", StandardCharsets.US_ASCII);
        } catch (IOException e) {
            store.close();
            throw new ClientSetupException("cannot write " + imported, e);
        }
    }

    private static String digest(byte[] octets) {
        return Sha256.of(Octets.copyOf(octets)).toHex();
    }

    private void makeFolder() {
        Path folder = file.getParent();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new ClientSetupException("cannot make the folder " + folder + " of the key store", e);
        }
    }
}
