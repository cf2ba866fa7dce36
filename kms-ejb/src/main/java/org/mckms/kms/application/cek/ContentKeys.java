package org.mckms.kms.application.cek;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.application.AdmittedRequest;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.application.KeyTransport;
import org.mckms.kms.application.RequestAdmission;
import org.mckms.kms.application.RequestAdmission.Asked;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.RequestChecks;
import org.mckms.kms.domain.cek.CekNotice;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.OpenedCek;
import org.mckms.kms.domain.cek.OpenedCeks;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.SystemUse;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;

/**
 * Content encryption keys (CEKs) of users and their MC servers. Requests are admitted like all others of clients; answers are
 * KmsResponses with a CekList, closed by the caller, which wipes the keys. Errors of all: {@code NOT_FOUND} if there are no
 * CEKs here, and as {@link RequestAdmission#admit}. When a method returns, the audit records are on disk.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ContentKeys {

    @Inject
    RequestAdmission admission;

    @Inject
    CekDesk desk;

    @Inject
    CekGranting granting;

    @Inject
    CekEndOrders ends;

    @Inject
    ServersCeks servers;

    @Inject
    CekRegister register;

    @Inject
    CekRepository rows;

    @Inject
    StandingTokens tokens;

    @Inject
    CekWaiting waiting;

    @Inject
    Transactions transactions;

    @Inject
    KmsSettings settings;

    /**
     * The caller's own keys of a scope, ended ones included while they are remembered; the first one is made now. If the
     * server does not have it yet the answer is kept back for a while, and then says {@code pending}.
     *
     * @param form learns how the answer, or the refusal, is to be written
     * @throws KmsException what was refused, and why; {@code TOO_MANY_KEYS}
     */
    public KmsResponse current(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
        desk.settings();
        String user = CekDesk.user(request);
        caller.mayRequest(user);
        requireClient(caller);
        try (AdmittedRequest admitted = admit(caller, request, form)) {
            RequestChecks.checkSameIdentity(admitted.body(), request.userUri());
            KeyTransport.check(caller, form, settings);
            CekScope scope = desk.scope(caller, user, admitted);
            granting.prepare();
            try (OpenedCeks given = desk.given((keys, trail) -> {
                granting.holdOwn(caller, user, admitted.now());
                granting.current(scope, caller, admitted.now(), keys, trail);
            })) {
                tokens.requireStill(caller);
                return isAcknowledgedInTime(given) ? settled(admitted, scope) : desk.answer(admitted, given);
            }
        }
    }

    private static void requireClient(AuthenticatedIdentity caller) {
        if (caller.kind() != ClientKind.MC_CLIENT) {
            throw new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "only users have content encryption keys");
        }
    }

    private AdmittedRequest admit(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
        return admission.admit(caller, Asked.other(request.body(), request.requestUrl()), form);
    }

    /** Waits for the server where a key is to be waited for, outside of any transaction. */
    private boolean isAcknowledgedInTime(OpenedCeks given) {
        List<Octets> awaited = given.awaited();
        return !awaited.isEmpty()
                && waiting.await(awaited.get(0), desk.settings().patience(), () -> !isPending(awaited.get(0)));
    }

    private boolean isPending(Octets keyId) {
        return transactions.inNew(() ->
                register.find(List.of(keyId)).records().stream().anyMatch(cek -> cek.state() == CekState.PENDING));
    }

    /** Reads anew what became of the keys of a scope, which were recorded as given out already. */
    private KmsResponse settled(AdmittedRequest admitted, CekScope scope) {
        try (OpenedCeks now = desk.given((keys, trail) -> {
            admission.checkNotBlocked(admitted);
            granting.open(register.ofScope(scope), keys);
        })) {
            return desk.answer(admitted, now);
        }
    }

    /**
     * The keys of a scope after its user or its server asked for renewal: the KMS prolongs the key or makes another one.
     *
     * @throws KmsException {@code NOT_FOUND} if a server asks for a scope without key; as {@link #current}
     */
    public KmsResponse renew(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
        desk.settings();
        String user = CekDesk.user(request);
        boolean own = caller.kind() == ClientKind.MC_CLIENT;
        if (own) {
            caller.mayRequest(user);
        } else {
            CekDesk.requireServer(caller);
        }
        try (AdmittedRequest admitted = admit(caller, request, form)) {
            if (own) {
                RequestChecks.checkSameIdentity(admitted.body(), request.userUri());
            }
            KeyTransport.check(caller, form, settings);
            CekScope scope = desk.scope(caller, user, admitted);
            granting.prepare();
            try (OpenedCeks given = desk.given((keys, trail) -> {
                admission.checkNotBlocked(admitted);
                if (own) {
                    granting.holdOwn(caller, user, admitted.now());
                } else {
                    granting.holdUser(user);
                }
                granting.renewed(scope, caller, admitted.now(), keys, trail);
            })) {
                tokens.requireStill(caller);
                return desk.answer(admitted, given);
            }
        }
    }

    /**
     * The keys of a server as it asks for them: those it has not acknowledged as they are, or all that live; 256 at a time in
     * order of Key ID.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY} if the caller is no MC server
     */
    public KmsResponse list(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
        desk.settings();
        CekDesk.requireServer(caller);
        try (AdmittedRequest admitted = admit(caller, request, form)) {
            KeyTransport.check(caller, form, settings);
            CekQuery query = CekDesk.asked(admitted, CekQuery.class).orElse(new CekQuery(false, Optional.empty()));
            String server = admitted.addressee();
            try (OpenedCeks given = desk.given((keys, trail) -> {
                admission.checkNotBlocked(admitted);
                servers.isThere(server);
                servers.page(server, query, caller, keys, trail);
            })) {
                return desk.answer(admitted, given);
            }
        }
    }

    /**
     * Notes what a server has stored of what it asked for. Items of keys that are not its own, or are forgotten by now,
     * change nothing. By this users come to seal with a key, so a token and a certificate are not enough.
     *
     * @return an empty list
     * @throws KmsException {@code FORBIDDEN_IDENTITY} if the caller is no MC server; {@code SIGNATURE_REQUIRED} if the request
     *     is not signed, whatever the policy for the caller says
     */
    public KmsResponse acknowledge(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
        desk.settings();
        CekDesk.requireServer(caller);
        Asked signed = Asked.signed(request.body(), request.requestUrl());
        try (AdmittedRequest admitted = admission.admit(caller, signed, form)) {
            CekAcknowledgement said = CekDesk.required(admitted, CekAcknowledgement.class);
            try (OpenedCeks none = desk.given((keys, trail) -> {
                admission.checkNotBlocked(admitted);
                servers.acknowledged(admitted.addressee(), said.items(), trail);
            })) {
                return desk.answer(admitted, none);
            }
        }
    }

    /**
     * Ends keys: some, those of a session, or all of the user who logs off.
     *
     * @return the ended ones, without keys
     * @throws KmsException {@code NOT_FOUND} if a Key ID is none of the caller's; then none has ended
     */
    public KmsResponse end(AuthenticatedIdentity caller, CekRequest request, AnswerForm form) {
        desk.settings();
        try (AdmittedRequest admitted = admit(caller, request, form)) {
            CekEnd order = CekDesk.required(admitted, CekEnd.class);
            try (OpenedCeks ended = desk.given((keys, trail) -> {
                admission.checkNotBlocked(admitted);
                ends.end(caller, admitted.addressee(), order, admitted.now(), trail)
                        .forEach(cek -> keys.add(OpenedCek.ended(cek)));
            })) {
                return desk.answer(admitted, ended);
            }
        }
    }

    /**
     * Ends one key of a server that shows its own certificate. Ending it again changes nothing.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}, {@code NOT_FOUND}
     */
    public void endOne(AuthenticatedIdentity caller, Octets keyId) {
        desk.settings();
        CekDesk.requireServer(caller);
        ends.endOne(caller, keyId);
    }

    /** Where the keys of some users stand, for those who listen; read without any check. */
    @SystemUse("the users were authenticated when they began to listen, and no key is told")
    public List<CekNotice> notices(Collection<String> userUris) {
        return userUris.isEmpty() ? List.of() : transactions.inNew(() -> rows.notices(userUris));
    }
}
