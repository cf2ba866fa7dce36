package org.mckms.client;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreEdit;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreOwner;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;

/**
 * Takes the first keys of a device out of its registration file into a key store: a new one, or the one that lost its
 * place with the KMS. Needs no network. Holds the keys until it is closed. Not safe for use by several threads.
 */
public final class RegistrationImport implements AutoCloseable {
    private final RegistrationFile registration;
    private final X509Certificate signer;

    private RegistrationImport(RegistrationFile registration, X509Certificate signer) {
        this.registration = registration;
        this.signer = signer;
    }

    /**
     * Verifies and opens a registration file.
     *
     * @param opener the passphrase or the private key that it is sealed for
     * @param pinned the certificate of the KMS that signs such files, where the device has it already: required with a
     *     private key, since anybody can seal a file for a certificate. With a passphrase the one in the file can be taken
     *     on trust; it is pinned from then on
     * @throws KmsClientException if the signature is wrong or required, the opener does not fit, or the registration has
     *     expired
     */
    public static RegistrationImport open(byte[] file, Opener opener, Optional<X509Certificate> pinned, Instant now) {
        try {
            RegistrationFile opened = RegistrationFiles.open(file, opener, pinned, now);
            try {
                return new RegistrationImport(opened, RegistrationFiles.signerOf(file));
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        } catch (KmsException e) {
            throw new KmsClientException("the registration file is not accepted: " + e.getMessage(), e);
        }
    }

    /** What is in the file; lives as long as this import. */
    public RegistrationFile registration() {
        return registration;
    }

    /** Makes a key store for the device and leaves it open. */
    public ClientKeyStore createStore(Path file, StoreKey key, SecureRandom random) {
        ClientKeyStore store = ClientKeyStore.create(file, key, owner(), random);
        try {
            renew(store);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Puts the keys into a key store that exists, in the place of all TrK and InK there; key sets stay.
     *
     * @throws KmsClientException if the store belongs to another user, device or KMS, or pins another signer
     */
    public void renew(ClientKeyStore store) {
        if (!store.owner().equals(owner())) {
            throw new KmsClientException(
                    "the registration is for " + owner() + ", the key store belongs to " + store.owner());
        }
        if (store.bundleSigner().filter(pinned -> !pinned.equals(signer)).isPresent()) {
            throw new KmsClientException("the registration file is signed under another certificate than the one that "
                    + "the key store pins");
        }
        store.change(this::putInto);
    }

    private void putInto(StoreEdit edit) {
        edit.registerKeys(registration.keys());
        edit.baseUrls(registration.baseUrls());
        edit.bundleSigner(signer);
        edit.rootFromFile(registration.root());
    }

    private StoreOwner owner() {
        return new StoreOwner(registration.kmsUri(), registration.userUri(), registration.device());
    }

    @Override
    public void close() {
        registration.close();
    }
}
