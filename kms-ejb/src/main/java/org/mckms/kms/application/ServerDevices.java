package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.ClientKeysRegister;
import org.mckms.kms.domain.ClientKeysRotation;
import org.mckms.kms.domain.ClientKeysUse;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.NamedKey;

/**
 * Servers that this KMS speaks to of its own accord: the keys of their device protect what goes there, and prove what comes
 * back. Every method runs inside a transaction of its caller.
 */
@ApplicationScoped
public class ServerDevices {

    @Inject
    ClientKeysRegister clientKeys;

    @Inject
    ClientKeysRotation rotation;

    @Inject
    IdentityRegister identities;

    @Inject
    KmsSettings settings;

    /**
     * How a document for a server is written. Closing it wipes the keys.
     *
     * @param protection TrK and InK that are active at the server
     */
    public record Form(WireDialect dialect, ResponseProtection protection) implements AutoCloseable {
        @Override
        public void close() {
            protection.close();
        }
    }

    /**
     * What a server answered, proven to be from it.
     *
     * @param keys of its device after the answer; {@link #committed} is told of them once the transaction has committed
     */
    public record Proven(KmsRequest request, ClientKeysRecord keys) {}

    /**
     * The keys of a server's device, as they protect answers to it.
     *
     * @throws KmsException {@code IDENTITY_BLOCKED}; {@code TRANSPORT_KEY_REQUIRED} if it has no keys or has to be
     *     registered again
     */
    public Form form(String serverUri, Instant now) {
        Optional<RegisteredIdentity> identity = unblocked(serverUri);
        try (OpenedClientKeys device = clientKeys
                .openDefault(serverUri, Optional.empty())
                .filter(keys -> !isExpired(keys, now))
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.TRANSPORT_KEY_REQUIRED, "the server has no transport key; register its device"))) {
            ClientKeys keys = device.active().copy();
            return new Form(
                    identity.map(RegisteredIdentity::policy)
                            .orElse(ClientPolicy.STANDARD)
                            .dialect(),
                    new ResponseProtection(Optional.of(keys.transportKey()), Optional.of(keys.signingKey())));
        }
    }

    private Optional<RegisteredIdentity> unblocked(String serverUri) {
        Optional<RegisteredIdentity> identity = identities.find(serverUri);
        if (identity.filter(RegisteredIdentity::isBlocked).isPresent()) {
            throw new KmsException(KmsErrorCode.IDENTITY_BLOCKED, "the server is blocked");
        }
        return identity;
    }

    private static boolean isExpired(OpenedClientKeys keys, Instant now) {
        boolean expired = keys.record().isExpired(now);
        if (expired) {
            keys.close();
        }
        return expired;
    }

    /**
     * Reads the answer to a document: a SignedKmsRequest of the server, of now, about the address that the document went to.
     * Its device moves on to new keys if it signs with them.
     *
     * @param url ClientReqUrl of the document
     * @throws KmsException if it is anything else; {@code IDENTITY_BLOCKED} if the server was blocked since
     */
    public Proven prove(String serverUri, byte[] answer, String url, Instant now, Consumer<AuditNote> trail) {
        unblocked(serverUri);
        ReceivedRequest received = KmsRequestCodec.read(answer, RequestLeniency.STANDARD);
        MessageSignature signature =
                received.signature().orElseThrow(() -> unproven("the answer of the server is not signed"));
        OpenedClientKeys device = signer(serverUri, signature);
        boolean proven = false;
        try {
            check(received.request(), serverUri, url, now);
            proven = true;
        } finally {
            if (!proven) {
                device.close();
            }
        }
        ClientKeysUse use = rotation.used(device, Optional.of(signature.keyName()), false, now);
        try (OpenedClientKeys keys = use.keys()) {
            use.events().forEach(event -> trail.accept(note(event, serverUri, keys.record())));
            return new Proven(received.request(), keys.record());
        }
    }

    private OpenedClientKeys signer(String serverUri, MessageSignature signature) {
        OpenedClientKeys device = clientKeys
                .openFor(serverUri, signature.keyName())
                .orElseThrow(() -> unproven("the answer is signed with a key that is not the server's"));
        Optional<NamedKey> key = device.signingKey(signature.keyName()).filter(signature::verifies);
        if (key.isEmpty()) {
            device.close();
            throw unproven("the signature of the server's answer does not hold");
        }
        return device;
    }

    private void check(KmsRequest request, String serverUri, String url, Instant now) {
        if (!request.userUri().equals(serverUri)) {
            throw new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "the answer speaks for another identity");
        }
        if (!request.kmsUri().equals(settings.site().kmsUri())) {
            throw new KmsException(KmsErrorCode.KMS_URI_MISMATCH, "the answer is for another KMS");
        }
        if (!request.clientReqUrl().equals(url)) {
            throw new KmsException(KmsErrorCode.CLIENT_REQ_URL_MISMATCH, "the answer is to something else");
        }
        Duration window = settings.window().requestTime();
        if (Duration.between(request.time(), now).abs().compareTo(window) > 0) {
            throw new KmsException(
                    KmsErrorCode.STALE_TIME,
                    "Time of the answer is more than " + window.toSeconds() + " s away from now");
        }
    }

    /** Told after the commit of what {@link #prove} was part of. */
    public void committed(Proven proven) {
        clientKeys.committed(proven.keys());
    }

    private AuditNote note(AuditEvent event, String serverUri, ClientKeysRecord keys) {
        AuditNote note = AuditNote.of(event, AuditNote.OK, "client:" + serverUri, serverUri)
                .with(
                        "kind",
                        settings.serverByUri(serverUri)
                                .map(ServerEntry::kind)
                                .map(Enum::name)
                                .orElse("unknown"));
        return Notes.of(keys, note);
    }

    private static KmsException unproven(String why) {
        return new KmsException(KmsErrorCode.SIGNATURE_REQUIRED, why);
    }
}
