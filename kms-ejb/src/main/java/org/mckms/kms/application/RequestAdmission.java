package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientKeysRegister;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.RequestChecks;
import org.mckms.kms.domain.VaultGate;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.Unwritten;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.MessageSignature;

/**
 * What every request of a client passes before its use case begins (TS 33.180 annex D.2.2): who it is from, whether it
 * had to be signed and is, whether it is meant for this server, this address and this moment, and whether it came before.
 * One short transaction of its own, committed before any work, and written before the answer.
 */
@ApplicationScoped
public class RequestAdmission {

    private static final int ATTEMPTS = 3;

    @Inject
    CallerRules rules;

    @Inject
    RequestChecks checks;

    @Inject
    DeviceAdmission devices;

    @Inject
    IdentityRegister identities;

    @Inject
    ClientKeysRegister clientKeys;

    @Inject
    RecordedTransactions recorded;

    @Inject
    MasterSecretVault vault;

    @Inject
    Clock clock;

    /**
     * A request as it came.
     *
     * @param body       octets of the body, if there are any
     * @param requestUrl URL or path of the request exactly as it came
     * @param renewsKeys whether its answer can carry a new TrK and InK (KmsInit and KmsKeyProv can)
     * @param redirects  whether the body may hand over redirect responses (the resource redirect only)
     * @param signed     whether it has to be signed even where policy lets its caller go unsigned
     */
    public record Asked(
            Optional<Octets> body, String requestUrl, boolean renewsKeys, boolean redirects, boolean signed) {

        /** Whose answer can carry new keys. */
        static Asked renewing(Optional<Octets> body, String requestUrl) {
            return new Asked(body, requestUrl, true, false, false);
        }

        /** Whose answer cannot. */
        public static Asked other(Optional<Octets> body, String requestUrl) {
            return new Asked(body, requestUrl, false, false, false);
        }

        /** Whose answer cannot either, and which nobody sends unsigned. */
        public static Asked signed(Optional<Octets> body, String requestUrl) {
            return new Asked(body, requestUrl, false, false, true);
        }

        /** That uploads redirect responses. */
        static Asked uploading(Optional<Octets> body, String requestUrl) {
            return new Asked(body, requestUrl, false, true, false);
        }
    }

    /**
     * Lets a request in, or refuses it.
     *
     * @param form learns how the answer is to be written, as soon as that is known: a refusal that comes after the
     *     signature was verified is signed too
     * @return closed by the caller
     * @throws KmsException what was refused, and why
     */
    public AdmittedRequest admit(AuthenticatedIdentity caller, Asked asked, AnswerForm form) {
        rules.check(caller);
        VaultGate.requireActive(vault.status());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (int attempt = 1; ; attempt++) {
            List<AdmittedRequest> made = new ArrayList<>(1);
            boolean committed = false;
            try {
                Unwritten<AdmittedRequest> unwritten = recorded.inNewUnwritten(trail -> {
                    made.add(admit(caller, asked, form, now, trail));
                    return made.get(0);
                });
                committed = true;
                AdmittedRequest admitted = unwritten.result();
                admitted.answerAfter(unwritten.write());
                admitted.device().ifPresent(clientKeys::committed);
                return admitted;
            } catch (ConcurrentChangeException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } finally {
                if (!committed) {
                    made.forEach(AdmittedRequest::close);
                }
            }
        }
    }

    private AdmittedRequest admit(
            AuthenticatedIdentity caller, Asked asked, AnswerForm form, Instant now, Consumer<AuditNote> trail) {
        Known known = new Known();
        ClientPolicy policy = known.policy(caller.primaryUri());
        form.dialect(policy.dialect());
        Optional<ReceivedRequest> received = asked.body().map(octets -> read(octets, policy));
        Optional<KmsRequest> body = received.map(ReceivedRequest::request);
        if (!asked.redirects() && body.filter(b -> !b.krrList().isEmpty()).isPresent()) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "a KrrList belongs to the resource redirect only");
        }
        Optional<MessageSignature> signature = received.flatMap(ReceivedRequest::signature);
        if (asked.signed() && signature.isEmpty()) {
            throw new KmsException(KmsErrorCode.SIGNATURE_REQUIRED, "this request is always signed");
        }
        Optional<OpenedClientKeys> proven = devices.prove(caller, received, form, now);
        Optional<OpenedClientKeys> device = Optional.empty();
        boolean done = false;
        try {
            proven.ifPresent(keys -> known.checkOwner(caller, keys));
            checks.check(caller, body, asked.requestUrl(), now);
            body.ifPresent(
                    request -> form.dialect(known.policy(request.userUri()).dialect()));
            device = proven.map(keys -> devices.use(caller, keys, received, asked.renewsKeys(), now, trail));
            device.ifPresent(form::protectWith);
            body.flatMap(KmsRequest::clientError)
                    .ifPresent(error -> trail.accept(report(caller, body.get(), error, signature.isPresent())));
            AdmittedRequest admitted = new AdmittedRequest(
                    caller, body, checks.answeredUrl(body, asked.requestUrl()), now, device, asked.renewsKeys());
            done = true;
            return admitted;
        } finally {
            if (!done) {
                proven.ifPresent(OpenedClientKeys::close);
                device.ifPresent(OpenedClientKeys::close);
            }
        }
    }

    /**
     * Refuses a blocked identity. Inside the transaction that answers.
     *
     * @throws KmsException {@code IDENTITY_BLOCKED} or {@code FORBIDDEN_IDENTITY}
     */
    public void checkNotBlocked(AdmittedRequest admitted) {
        identities.find(admitted.addressee()).ifPresent(identity -> rules.checkIdentity(admitted.caller(), identity));
    }

    /** The identities of one request, each looked up once: token, device and body nearly always name the same. */
    private final class Known {

        private final Map<String, Optional<RegisteredIdentity>> byUri = new HashMap<>();

        private Optional<RegisteredIdentity> find(String uri) {
            return byUri.computeIfAbsent(uri, identities::find);
        }

        private ClientPolicy policy(String uri) {
            return find(uri).map(RegisteredIdentity::policy).orElse(ClientPolicy.STANDARD);
        }

        /** A device of a blocked identity serves no other identity of its token either. */
        private void checkOwner(AuthenticatedIdentity caller, OpenedClientKeys device) {
            find(device.record().id().ownerUri()).ifPresent(identity -> rules.checkIdentity(caller, identity));
        }
    }

    private static ReceivedRequest read(Octets body, ClientPolicy policy) {
        boolean rel13 = policy.profiles().contains(InteropProfile.REL13);
        return KmsRequestCodec.read(body.toByteArray(), rel13 ? RequestLeniency.REL13 : RequestLeniency.STANDARD);
    }

    /** What the client says of an earlier answer; anybody's text if it is not signed. */
    private static AuditNote report(
            AuthenticatedIdentity caller, KmsRequest request, ClientError error, boolean signed) {
        return Notes.client(AuditEvent.CLIENT_ERROR_REPORTED, caller, request.userUri())
                .with("errorCode", String.valueOf(error.code()))
                .with("errorMsg", error.message())
                .with("signed", Boolean.toString(signed));
    }
}
