package org.mckms.client.csk;

import java.security.SecureRandom;
import org.mckms.client.KmsClient;
import org.mckms.client.KmsClientException;
import org.mckms.client.PartnerRefusedException;
import org.mckms.client.group.Sender;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.smime.BodyPart;

/**
 * Keys that a server sends its clients (TS 33.180 clause 5.8), from its MDSI: a new CSK for one of them, a MuSiK that many have. Safe
 * for use by several threads.
 */
public final class KeyDownload {
    private final KmsClient kms;
    private final CskStore store;
    private final KeyMessageMaker maker;

    /**
     * @param kms of the server
     * @param store of the server
     * @param mdsi identity that {@code kms} has key sets of
     */
    public KeyDownload(KmsClient kms, CskStore store, String mdsi, SakkeCore core, SecureRandom random) {
        this.kms = kms;
        this.store = store;
        this.maker = new KeyMessageMaker(kms, mdsi, core, random);
    }

    /**
     * Draws a new CSK for a client. What the client protects under the former one still opens for the overlap.
     *
     * @param user the client's MC service user ID and its KMS
     * @return what goes into a SIP request to the client
     * @throws PartnerRefusedException if there is no usable certificate of the user's KMS
     * @throws KmsClientException if there is no key set of the present period
     */
    public BodyPart newCsk(CskBinding binding, Sender user) {
        requireSame(binding, user);
        KeyMessageMaker.Made made = maker.make(KeyPurpose.CSK, binding, user);
        try (SecretOctets key = made.key()) {
            store.change(edit -> edit.take(made.details(), key, kms.clock().instant()));
        }
        return KeyBody.of(made.message());
    }

    /**
     * Sends a MuSiK to a client; the key is the same for all (clause 5.8.1) and stays its owner's.
     *
     * @param keyId with the purpose tag of a MuSiK
     * @param rand of the key, the same for all
     */
    public BodyPart musik(KeyIdentifier keyId, SecretOctets key, Octets rand, CskBinding binding, Sender user) {
        requireSame(binding, user);
        return KeyBody.of(
                maker.make(KeyPurpose.MUSIK, keyId, key, rand, binding, user).message());
    }

    private static void requireSame(CskBinding binding, Sender user) {
        if (!binding.userUri().equals(user.uri())) {
            throw new IllegalArgumentException("a key of " + binding.userUri() + " is not sent to " + user.uri());
        }
    }
}
