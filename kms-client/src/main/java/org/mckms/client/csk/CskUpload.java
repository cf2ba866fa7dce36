package org.mckms.client.csk;

import java.security.SecureRandom;
import org.mckms.client.KmsClient;
import org.mckms.client.KmsClientException;
import org.mckms.client.PartnerRefusedException;
import org.mckms.client.group.ReceptionException;
import org.mckms.client.group.Sender;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.smime.BodyPart;

/**
 * The CSK of a client (TS 33.180 clause 5.4): drawn for each registration, sent to the server's MDSI in the REGISTER or PUBLISH that
 * authorises the service, and used once the server has accepted that. Safe for use by several threads.
 */
public final class CskUpload {
    private final KmsClient kms;
    private final CskStore store;
    private final Sender server;
    private final String userUri;
    private final KeyMessageMaker maker;

    /**
     * @param store of this client
     * @param userUri MC service user ID, one of the identities that {@code kms} has key sets of
     * @param server its MDSI and the KMS of that
     */
    public CskUpload(
            KmsClient kms, CskStore store, String userUri, Sender server, SakkeCore core, SecureRandom random) {
        this.kms = kms;
        this.store = store;
        this.server = server;
        this.userUri = userUri;
        this.maker = new KeyMessageMaker(kms, userUri, core, random);
    }

    /**
     * Draws a CSK for a registration; nothing is stored yet.
     *
     * @param impu public user identity that is registered
     * @throws PartnerRefusedException if there is no usable certificate of the server's KMS
     * @throws KmsClientException if there is no key set of the present period
     */
    public Upload begin(String impu) {
        return new Upload(maker.make(KeyPurpose.CSK, new CskBinding(impu, userUri), server));
    }

    /** A CSK on its way. Closing it without {@link #accepted} forgets it; the former one stays in use. */
    public final class Upload implements AutoCloseable {
        private final KeyMessageMaker.Made made;

        private Upload(KeyMessageMaker.Made made) {
            this.made = made;
        }

        /** What goes into the SIP request beside the access token. */
        public BodyPart bodyPart() {
            return KeyBody.of(made.message());
        }

        /** The CSK-ID. */
        public KeyIdentifier cskId() {
            return made.details().keyId();
        }

        /**
         * Takes the CSK into use, in place of the former one.
         *
         * @throws ReceptionException if the server has sent a later one meanwhile
         */
        public void accepted() {
            store.change(
                    edit -> edit.take(made.details(), made.key(), kms.clock().instant()));
        }

        @Override
        public void close() {
            made.key().close();
        }
    }
}
