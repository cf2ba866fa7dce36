package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.application.cek.CekRequest;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Acknowledgements of a server without device, which policy lets send requests unsigned. */
class CekAcknowledgementTest {

    private static final String ROOT = ServerRig.BASE + "/keymanagement/cek/v1";

    private final ServerRig rig = new ServerRig(ServerRig.WITH_CEKS);
    private final CekDevice alice = CekDevice.user(rig, ServerRig.ALICE);
    private final AuthenticatedIdentity mcdata = ServerRig.server(ClientKind.MC_SERVER, ServerRig.MCDATA);

    @AfterEach
    void close() {
        rig.close();
    }

    private CekRequest unsigned(String resource, RequestExtension extension) {
        String url = ROOT + resource;
        byte[] body = KmsRequestCodec.encode(SignedRequests.request(ServerRig.MCDATA, rig.time.instant(), url)
                .with(extension));
        return new CekRequest(Optional.empty(), Optional.of(Octets.copyOf(body)), url);
    }

    private Cek key() {
        return CekDevice.only(alice.current(new CekOrder(Optional.empty(), Optional.of(ServerRig.MCDATA))));
    }

    @Test
    void needASignatureWhateverThePolicySays() {
        Cek cek = key();
        CekRequest order = unsigned("/acknowledgements", new CekAcknowledgement(List.of(CekDevice.stored(cek))));

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.ceks.keys.acknowledge(mcdata, order, new AnswerForm()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.SIGNATURE_REQUIRED));
        assertThat(key().status()).isEqualTo(CekStatus.PENDING);
        assertThat(rig.audit.events()).doesNotContain(AuditEvent.CEK_ACTIVATED);
    }

    @Test
    void otherRequestsFollowThePolicy() {
        key();
        CekRequest list = unsigned("/list", new CekQuery(true, Optional.empty()));

        rig.ceks.keys.list(mcdata, list, new AnswerForm()).close();
        assertThat(rig.audit.events()).contains(AuditEvent.CEK_SERVED);
    }
}
