package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;

/** A request that passed {@link RequestAdmission}. Closing it wipes the keys of the device. */
public final class AdmittedRequest implements AutoCloseable {

    private final AuthenticatedIdentity caller;
    private final Optional<KmsRequest> body;
    private final String answeredUrl;
    private final Instant now;
    private final Optional<OpenedClientKeys> device;
    private final boolean renewsKeys;
    private Runnable write = () -> {};

    AdmittedRequest(
            AuthenticatedIdentity caller,
            Optional<KmsRequest> body,
            String answeredUrl,
            Instant now,
            Optional<OpenedClientKeys> device,
            boolean renewsKeys) {
        this.caller = requireNonNull(caller, "caller");
        this.body = requireNonNull(body, "body");
        this.answeredUrl = requireNonNull(answeredUrl, "answeredUrl");
        this.now = requireNonNull(now, "now");
        this.device = requireNonNull(device, "device");
        this.renewsKeys = renewsKeys;
    }

    public AuthenticatedIdentity caller() {
        return caller;
    }

    public Optional<KmsRequest> body() {
        return body;
    }

    /** The identity an answer is addressed to: that of the body, which the caller owns, else its primary one. */
    public String addressee() {
        return body.map(KmsRequest::userUri).orElse(caller.primaryUri());
    }

    /** @param write returns when the database has written that the request was let in */
    void answerAfter(Runnable write) {
        this.write = requireNonNull(write, "write");
    }

    /** When the request came, as the databases keep it. */
    public Instant now() {
        return now;
    }

    /** The device that sent it; empty if the caller has no keys and needs none. */
    Optional<ClientKeysRecord> device() {
        return device.map(OpenedClientKeys::record);
    }

    /** A copy of the new TrK and InK that the answer has to bring; the answer owns it. */
    Optional<ClientKeys> newKeys() {
        return renewsKeys ? device.flatMap(OpenedClientKeys::pending).map(ClientKeys::copy) : Optional.empty();
    }

    /**
     * The response to it, when the database has written that it was let in; the receiver closes it.
     *
     * @throws org.mckms.protocol.error.KmsException {@code DATABASE_UNAVAILABLE} if that is not sure
     */
    public KmsResponse answer(String kmsUri, KmsAnswer content) {
        return answer(addressee(), kmsUri, content);
    }

    /** As {@link #answer(String, KmsAnswer)} for another identity of the caller. */
    KmsResponse answer(String userUri, String kmsUri, KmsAnswer content) {
        KmsResponse response = new KmsResponse(userUri, kmsUri, now, Optional.empty(), answeredUrl, content);
        boolean done = false;
        try {
            write.run();
            done = true;
            return response;
        } finally {
            if (!done) {
                response.close();
            }
        }
    }

    @Override
    public void close() {
        device.ifPresent(OpenedClientKeys::close);
    }
}
