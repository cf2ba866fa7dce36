package org.mckms.gms.wiring;

import org.mckms.gms.domain.regroup.IncomingKey;
import org.mckms.gms.domain.regroup.KeyOpening;
import org.mckms.gms.domain.regroup.PartnerAnswer;
import org.mckms.gms.domain.regroup.PartnerChannel;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupRekeyRequest;
import org.mckms.protocol.group.RegroupTeardown;

/** Stands where partners would be, on a server whose settings describe no GMS. */
final class NoPartners implements KeyOpening, PartnerChannel {

    private static final String SENTENCE = "this server is no GMS (gms.uri)";

    @Override
    public IncomingKey open(Octets message, String sender, KeyPurpose purpose) {
        throw new KmsException(KmsErrorCode.NOT_READY, SENTENCE);
    }

    @Override
    public PartnerAnswer send(RegroupNotification notification) {
        return PartnerAnswer.notNow(SENTENCE);
    }

    @Override
    public PartnerAnswer send(String primaryGmsUri, RegroupAcknowledgement acknowledgement) {
        return PartnerAnswer.notNow(SENTENCE);
    }

    @Override
    public PartnerAnswer send(RegroupRekeyRequest request) {
        return PartnerAnswer.notNow(SENTENCE);
    }

    @Override
    public PartnerAnswer send(String otherGmsUri, RegroupTeardown teardown) {
        return PartnerAnswer.notNow(SENTENCE);
    }
}
