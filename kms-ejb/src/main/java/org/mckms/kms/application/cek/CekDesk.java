package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.mckms.kms.application.AdmittedRequest;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.cek.CekPolicy;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.OpenedCeks;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.config.CekSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;

/** What all requests about content encryption keys have in common: settings, what is asked, transactions, the answer. */
@ApplicationScoped
class CekDesk {

    private static final int ATTEMPTS = 3;

    @Inject
    KmsSettings settings;

    @Inject
    CekPolicy policy;

    @Inject
    RecordedTransactions recorded;

    /** @throws KmsException {@code NOT_FOUND} if there are no content encryption keys here */
    CekSettings settings() {
        return settings.cek()
                .orElseThrow(
                        () -> new KmsException(KmsErrorCode.NOT_FOUND, "this server has no content encryption keys"));
    }

    /**
     * Passes only for an MC server.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}
     */
    static void requireServer(AuthenticatedIdentity caller) {
        if (caller.kind() != ClientKind.MC_SERVER) {
            throw new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "this is for MC servers only");
        }
    }

    /** @throws KmsException {@code MALFORMED_REQUEST} */
    static String user(CekRequest request) {
        return request.userUri()
                .orElseThrow(() -> new KmsException(KmsErrorCode.MALFORMED_REQUEST, "the path names no user"));
    }

    /**
     * What the body asks.
     *
     * @return empty if it asks nothing
     * @throws KmsException {@code MALFORMED_REQUEST} if it asks something else than this resource does
     */
    static <T extends RequestExtension> Optional<T> asked(AdmittedRequest admitted, Class<T> type) {
        Optional<RequestExtension> asked = admitted.body().flatMap(KmsRequest::extension);
        if (asked.filter(extension -> !type.isInstance(extension)).isPresent()) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST, "this resource takes a " + type.getSimpleName() + " only");
        }
        return asked.map(type::cast);
    }

    /** As {@link #asked} where the body has to ask. */
    static <T extends RequestExtension> T required(AdmittedRequest admitted, Class<T> type) {
        return asked(admitted, type)
                .orElseThrow(() ->
                        new KmsException(KmsErrorCode.MALFORMED_REQUEST, "a " + type.getSimpleName() + " is missing"));
    }

    /**
     * The scope that a caller asks for.
     *
     * @throws KmsException {@code NOT_FOUND} if the server is none that shares keys, {@code FORBIDDEN_IDENTITY} if a server
     *     names another one
     */
    CekScope scope(AuthenticatedIdentity caller, String userUri, AdmittedRequest admitted) {
        Optional<CekOrder> order = asked(admitted, CekOrder.class);
        Optional<String> named = order.flatMap(CekOrder::peerUri);
        String server;
        if (caller.kind() == ClientKind.MC_SERVER) {
            named.ifPresent(caller::mayRequest);
            server = admitted.addressee();
        } else {
            server = named.orElse(settings().serverUri());
        }
        if (!settings().serverUris().contains(server)) {
            throw new KmsException(KmsErrorCode.NOT_FOUND, "no MC server of this URI shares keys with users");
        }
        return new CekScope(userUri, server, order.flatMap(CekOrder::session));
    }

    /**
     * Does work that gives keys out in a transaction of its own, again if another one was faster.
     *
     * @return what was given out; the caller closes it
     */
    OpenedCeks given(BiConsumer<OpenedCeks, Consumer<AuditNote>> work) {
        for (int attempt = 1; ; attempt++) {
            OpenedCeks given = new OpenedCeks();
            boolean done = false;
            try {
                recorded.inNewTogether(trail -> {
                    work.accept(given, trail);
                    return given;
                });
                done = true;
                return given;
            } catch (ConcurrentChangeException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                if (!done) {
                    given.close();
                }
            }
        }
    }

    /** The response with keys; the receiver closes it. */
    KmsResponse answer(AdmittedRequest admitted, OpenedCeks given) {
        CekList list = given.to(admitted.addressee(), policy);
        boolean done = false;
        try {
            KmsResponse response = admitted.answer(settings.site().kmsUri(), list);
            done = true;
            return response;
        } finally {
            if (!done) {
                list.close();
            }
        }
    }
}
