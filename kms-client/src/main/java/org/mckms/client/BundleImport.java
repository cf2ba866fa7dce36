package org.mckms.client;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreOwner;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsMessage;
import org.mckms.protocol.security.ClientKeys;

/**
 * Takes key sets of coming periods out of a provisioning bundle into a key store, without a network (R-5.13-012). The
 * bundle is signed by the KMS, and the answers in it are checked like answers over the network: signed under the client's
 * InK, keys wrapped under its TrK, every key set against the root certificate. Safe for use by several threads.
 */
public final class BundleImport {
    private final ClientKeyStore store;
    private final Set<String> identities;
    private final ReceptionPolicy policy;
    private final Clock clock;
    private final Retention retention;

    /** For the owner of the store alone. */
    public BundleImport(ClientKeyStore store, ReceptionPolicy policy, Clock clock) {
        this(store, Set.of(store.owner().userUri()), policy, clock);
    }

    /** @param identities whose key sets a bundle may hold */
    public BundleImport(ClientKeyStore store, Set<String> identities, ReceptionPolicy policy, Clock clock) {
        this.store = store;
        this.identities = Set.copyOf(identities);
        this.policy = policy;
        this.clock = clock;
        this.retention = new Retention(policy.grace());
    }

    /** Imports a bundle signed under the certificate that came with the registration. */
    public List<KeySetSummary> read(byte[] file) {
        X509Certificate pinned = store.bundleSigner()
                .orElseThrow(() -> new KmsClientException(
                        "the key store pins no certificate of the KMS: name the one that signs bundles"));
        return read(file, pinned);
    }

    /**
     * Imports a bundle.
     *
     * @param pinned the certificate that it must be signed under
     * @return the key sets taken over; those of periods that are over are passed by
     * @throws KmsClientException if the bundle is damaged, signed by somebody else or for another user, device or KMS
     * @throws KmsAnswerException if an answer in it is not accepted; nothing is taken over then
     */
    public List<KeySetSummary> read(byte[] file, X509Certificate pinned) {
        ProvisioningBundle bundle = open(file, pinned);
        StoreOwner meant = new StoreOwner(bundle.kmsUri(), bundle.userUri(), bundle.device());
        if (!meant.equals(store.owner())) {
            throw new KmsClientException("the bundle is for " + meant + ", the key store belongs to " + store.owner());
        }
        try (HeldPairs pairs = HeldPairs.of(store);
                ReceivedResponse init = response(bundle.initResponse().toByteArray(), pairs);
                ReceivedResponse keyProv = response(bundle.keyProvResponse().toByteArray(), pairs)) {
            return keep(message(init, KmsInit.class), message(keyProv, KmsKeyProv.class));
        }
    }

    private ReceivedResponse response(byte[] document, HeldPairs pairs) {
        ReceivedResponse received = KmsExchange.decode(document, KnownKeys.of(pairs.inOrder()));
        try {
            new AnswerChecks(store.owner(), policy.answerAge()).checkProtection(received);
            return received;
        } catch (RuntimeException e) {
            received.close();
            throw e;
        }
    }

    private List<KeySetSummary> keep(KmsInit init, KmsKeyProv keyProv) {
        Instant now = clock.instant();
        KmsCertificate root = init.certificate();
        RootChecks.checkNotOver(root, store.owner().kmsUri(), now);
        List<KmsCertificate> roots = Stream.concat(Stream.of(root), store.rootCertificates().stream())
                .toList();
        List<KeySetReception.Accepted> accepted = new KeySetReception(policy.encoding())
                .accept(keyProv, roots, Set.of(), KeySetReception.ofAnyPeriod(identities)).stream()
                        .filter(each -> now.isBefore(each.summary().ends().plus(policy.grace())))
                        .toList();
        Optional<ClientKeys> announced = keyProv.newKeys().or(init::newKeys);
        store.change(edit -> {
            edit.rootFromFile(root);
            accepted.forEach(each -> edit.keySet(each.keys(), each.root()));
            announced.ifPresent(edit::pendingKeysFromFile);
            retention.apply(edit, now);
        });
        return accepted.stream().map(KeySetReception.Accepted::summary).toList();
    }

    private static <M extends KmsMessage> M message(ReceivedResponse received, Class<M> wanted) {
        return received.response()
                .message()
                .filter(wanted::isInstance)
                .map(wanted::cast)
                .orElseThrow(() -> new KmsAnswerException("the bundle has no " + wanted.getSimpleName()));
    }

    private static ProvisioningBundle open(byte[] file, X509Certificate pinned) {
        try {
            return ProvisioningBundles.open(file, Optional.of(pinned));
        } catch (KmsException | MikeySakkeException e) {
            throw new KmsClientException("the bundle is not accepted: " + e.getMessage(), e);
        }
    }
}
