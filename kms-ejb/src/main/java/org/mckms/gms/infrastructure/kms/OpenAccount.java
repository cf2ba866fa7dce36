package org.mckms.gms.infrastructure.kms;

import java.net.URI;
import java.util.function.Predicate;
import org.mckms.client.KeyRefresher;
import org.mckms.client.KmsClient;
import org.mckms.client.RefreshPolicy;
import org.mckms.client.group.DeniedSigners;
import org.mckms.client.group.MessageOpening;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.platform.config.GmsKmsSettings;
import org.mckms.platform.tls.TlsFilesState;

/** The key store while it is open, and the client that works with it. */
final class OpenAccount implements AutoCloseable {

    private final long activation;
    private final ClientKeyStore store;
    private final KmsClient client;
    private final KeyRefresher refresher;
    private final MessageOpening opening;
    private final TlsFilesState tls;

    private OpenAccount(
            long activation,
            ClientKeyStore store,
            KmsClient client,
            Predicate<Octets> denied,
            KeyRefresher refresher,
            TlsFilesState tls) {
        this.activation = activation;
        this.store = store;
        this.client = client;
        this.opening = new MessageOpening(client, store.owner().userUri(), MikeyLeniency.STRICT, denied);
        this.refresher = refresher;
        this.tls = tls;
    }

    /**
     * Begins to keep the keys fresh.
     *
     * @param activation of the vault that the store was opened under
     * @param store      closed with this
     * @throws org.mckms.client.ClientSetupException if a TLS file, an address or the list of denied signers cannot be
     *     used; the store stays open
     */
    static OpenAccount over(
            long activation,
            ClientKeyStore store,
            GmsKmsSettings settings,
            AccountNews news,
            GmsEnvironment environment) {
        TlsFilesState tls = TlsFilesState.of(settings.tls());
        KmsClient.Builder builder = KmsClient.of(store)
                .tls(TlsFilesState.material(settings.tls()))
                .tokens(new TokenFile(settings.tokenFile()))
                .clock(environment.clock());
        if (!settings.addresses().isEmpty()) {
            builder.addresses(settings.addresses().stream().map(URI::create).toArray(URI[]::new));
        }
        KmsClient client = builder.build();
        Predicate<Octets> denied = settings.deniedSigners()
                .<Predicate<Octets>>map(DeniedSigners::new)
                .orElse(pvt -> false);
        KeyRefresher refresher = new KeyRefresher(client, RefreshPolicy.STANDARD, news, environment.random());
        refresher.start();
        return new OpenAccount(activation, store, client, denied, refresher, tls);
    }

    /** The same key store with TLS files that were replaced; this object is not used any more. */
    OpenAccount renewed(GmsKmsSettings settings, AccountNews news, GmsEnvironment environment) {
        OpenAccount next = over(activation, store, settings, news, environment);
        refresher.close();
        return next;
    }

    boolean isOf(long otherActivation) {
        return activation == otherActivation;
    }

    boolean hasTls(TlsFilesState now) {
        return tls.equals(now);
    }

    KmsClient client() {
        return client;
    }

    /** Looks for keys and certificates in the background, without waiting for the next time it would. */
    void lookNow() {
        refresher.refreshNow();
    }

    MessageOpening opening() {
        return opening;
    }

    /** Ends the refresher, and wipes the keys. */
    @Override
    public void close() {
        refresher.close();
        store.close();
    }
}
