package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClassPolicy;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.ClientKeysRegister;
import org.mckms.kms.domain.ClientKeysRotation;
import org.mckms.kms.domain.ClientKeysUse;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.SeenRequests;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.NamedKey;

/**
 * Which device a request comes from, proven by its signature. The keys are looked up by the identity of the access token
 * and the KeyName together, never by the KeyName alone. Whether a request has to be signed is decided by what is stored of
 * its identity, never by what it looks like: an identity with keys, revoked ones included, has to sign.
 */
@ApplicationScoped
class DeviceAdmission {

    /** The same for a key that does not exist, so that the holder of a stolen token does not learn names of keys. */
    private static final String WRONG_SIGNATURE = "the signature was not made with a key of this client";

    /** How far the clocks of two nodes may be apart without one forgetting what the other still lets in. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    @Inject
    ClientKeysRegister clientKeys;

    @Inject
    ClientKeysRotation rotation;

    @Inject
    IdentityRegister identities;

    @Inject
    SeenRequests seen;

    @Inject
    KmsSettings settings;

    /**
     * Finds the device and verifies the signature; answers are protected by its keys from then on. Inside the admission's
     * transaction.
     *
     * @return the keys of the device, which the caller closes; empty if the caller has none and needs none
     * @throws KmsException {@code SIGNATURE_REQUIRED}, {@code TRANSPORT_KEY_REQUIRED} or {@code REGISTRATION_EXPIRED}
     */
    Optional<OpenedClientKeys> prove(
            AuthenticatedIdentity caller, Optional<ReceivedRequest> received, AnswerForm form, Instant now) {
        ClientKeysRegister.Devices devices = clientKeys.devices(caller.ownedUris());
        Optional<MessageSignature> signature = received.flatMap(ReceivedRequest::signature);
        Optional<OpenedClientKeys> opened = signature.isPresent()
                ? Optional.of(signed(devices, signature.get()))
                : unsigned(caller, devices, received);
        opened.ifPresent(device -> protect(device, form, now));
        return opened;
    }

    /** A registration that came too late is refused in a signed answer, so that the device knows it from its KMS. */
    private static void protect(OpenedClientKeys device, AnswerForm form, Instant now) {
        form.protectWith(device);
        if (device.record().isExpired(now)) {
            device.close();
            throw new KmsException(
                    KmsErrorCode.REGISTRATION_EXPIRED, "the registered keys of this device were not used in time");
        }
    }

    private OpenedClientKeys signed(ClientKeysRegister.Devices devices, MessageSignature signature) {
        OpenedClientKeys device =
                clientKeys.open(devices, signature.keyName()).orElseThrow(() -> unproven(WRONG_SIGNATURE));
        boolean proven = false;
        try {
            NamedKey key = device.signingKey(signature.keyName())
                    .orElseThrow(() -> unproven("a device with an integrity key signs with it"));
            if (!signature.verifies(key)) {
                throw unproven(WRONG_SIGNATURE);
            }
            proven = true;
            return device;
        } finally {
            if (!proven) {
                device.close();
            }
        }
    }

    private Optional<OpenedClientKeys> unsigned(
            AuthenticatedIdentity caller, ClientKeysRegister.Devices devices, Optional<ReceivedRequest> received) {
        if (caller.isAsserted()) {
            throw unproven("a server behind a proxy signs its requests");
        }
        if (devices.isEmpty()) {
            if (classOf(caller).signedRequestsRequired()) {
                throw unproven("requests of this kind of client are signed; register a device first");
            }
            return Optional.empty();
        }
        if (!devices.owners().stream().allMatch(this::cannotSign)) {
            throw unproven("this client has keys and signs its requests");
        }
        Optional<String> named = received.flatMap(body -> body.request().deviceId());
        OpenedClientKeys device = clientKeys
                .openDefault(owner(caller, devices.owners(), received), named)
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.TRANSPORT_KEY_REQUIRED, "this device of the client has no transport key"));
        return Optional.of(device);
    }

    /** Of several identities with keys the one that the answer is addressed to, if it is among them. */
    private static String owner(AuthenticatedIdentity caller, List<String> owners, Optional<ReceivedRequest> received) {
        String addressee = received.map(body -> body.request().userUri()).orElse(caller.primaryUri());
        return owners.contains(addressee) ? addressee : owners.get(0);
    }

    private boolean cannotSign(String owner) {
        return identities
                .find(owner)
                .map(RegisteredIdentity::policy)
                .filter(ClientPolicy::unsignedRequests)
                .isPresent();
    }

    /**
     * Notes that a proven request was let in: the same octets are not let in again, and the keys of the device move on.
     *
     * @param device closed, or part of the result
     * @return the keys of the device after the request; the caller closes them
     * @throws KmsException {@code REPLAYED_REQUEST}, or as {@link ClientKeysRotation#used}
     */
    OpenedClientKeys use(
            AuthenticatedIdentity caller,
            OpenedClientKeys device,
            Optional<ReceivedRequest> received,
            boolean renewsKeys,
            Instant now,
            Consumer<AuditNote> trail) {
        Optional<MessageSignature> signature = received.flatMap(ReceivedRequest::signature);
        signature.ifPresent(proven -> seen.admit(fingerprint(received.get().request(), proven), now.plus(memory())));
        ClientKeysUse use = rotation.used(
                device, signature.map(MessageSignature::keyName), renewsKeys && signature.isPresent(), now);
        use.events()
                .forEach(event -> trail.accept(note(event, caller, use.keys().record())));
        return use.keys();
    }

    /**
     * What a request is known by: its Time in milliseconds since 1970 in eight octets, big-endian, so that requests of the same
     * moment stand side by side in the database, and the first 24 octets of the SHA-256 of what was signed and the name of the
     * key, since two devices of one identity may say the same in the same moment.
     */
    private static Octets fingerprint(KmsRequest request, MessageSignature signature) {
        Octets signed = Sha256.of(signature.fingerprint(), Octets.ofUtf8(signature.keyName()));
        return Octets.copyOf(ByteBuffer.allocate(Sha256.OCTETS)
                .putLong(request.time().toEpochMilli())
                .put(signed.toByteArray(), 0, Sha256.OCTETS - Long.BYTES)
                .array());
    }

    /** Twice the window: a request from the future is let in as early as one from the past is late. */
    private Duration memory() {
        return settings.window().requestTime().multipliedBy(2).plus(CLOCK_SKEW);
    }

    private static AuditNote note(AuditEvent event, AuthenticatedIdentity caller, ClientKeysRecord record) {
        return Notes.of(record, Notes.client(event, caller, record.id().ownerUri()));
    }

    private ClassPolicy classOf(AuthenticatedIdentity caller) {
        return settings.clients().of(caller.kind());
    }

    private static KmsException unproven(String why) {
        return new KmsException(KmsErrorCode.SIGNATURE_REQUIRED, why);
    }
}
