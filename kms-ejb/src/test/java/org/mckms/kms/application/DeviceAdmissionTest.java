package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.user;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.PeriodsServed;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.WireRelease;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Requests of devices with keys of their own, through a use case. */
class DeviceAdmissionTest {

    private ServerRig rig = new ServerRig();
    private TestDevice phone;

    @BeforeEach
    void register() {
        rig.epoch();
        phone = TestDevice.registered(rig, ALICE, "phone");
    }

    @AfterEach
    void close() {
        phone.close();
        rig.close();
    }

    private void refuses(KmsErrorCode code, ProvisioningRequest request) {
        refuses(code, () -> rig.provision(user(ALICE), request).close());
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(act::run)
                .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private static NamedKey key(String name) {
        return NamedKey.takeFrom(name, "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    }

    private void serve(String uri, InteropProfile... profiles) {
        rig.operatorsIdentities.setPolicy(
                ServerRig.OFFICER, uri, new ClientPolicy(PeriodsServed.CURRENT, Set.of(profiles)));
    }

    @Test
    void aSignedRequestGetsASignedAnswerWithWrappedKeys() {
        ReceivedResponse received = phone.ask();

        assertThat(received.keysWereWrapped()).isTrue();
        assertThat(received.signature().orElseThrow().keyName())
                .isEqualTo(phone.keys().integrityKey().orElseThrow().name());
        assertThat(TestDevice.newKeys(received)).isEmpty();
        received.response().close();
    }

    @Test
    void theFirstRequestActivatesTheRegistration() {
        phone.ask().response().close();
        phone.ask().response().close();

        assertThat(rig.audit.events())
                .containsOnlyOnce(AuditEvent.CLIENT_KEYS_ACTIVATED)
                .containsSubsequence(AuditEvent.CLIENT_KEYS_ACTIVATED, AuditEvent.KEYS_PROVISIONED);
    }

    @Test
    void withoutAnIntegrityKeyTheTransportKeySigns() {
        TestDevice old = TestDevice.registered(
                rig, BOB, "rel13", false, rig.time.instant().plusSeconds(60));

        ReceivedResponse received = old.ask();

        assertThat(received.keysWereWrapped()).isTrue();
        assertThat(received.signature().orElseThrow().keyName())
                .isEqualTo(old.keys().transportKey().name());
        received.response().close();
    }

    @Test
    void aStrippedSignatureIsRefused() {
        KmsRequestAndBody plain = new KmsRequestAndBody();

        refuses(KmsErrorCode.SIGNATURE_REQUIRED, phone.with(plain.body));
        refuses(KmsErrorCode.SIGNATURE_REQUIRED, ServerRig.request(ALICE));
        assertThat(rig.lastForm.isProtected()).isFalse();
    }

    private final class KmsRequestAndBody {
        private final Octets body =
                SignedRequests.plain(SignedRequests.request(ALICE, rig.time.instant(), phone.url()));
    }

    @Test
    void aWrongKeyOfTheRightNameIsRefused() {
        refuses(
                KmsErrorCode.SIGNATURE_REQUIRED,
                phone.request(key(phone.keys().signingKey().name())));
        assertThat(rig.lastForm.isProtected()).isFalse();
    }

    @Test
    void aKeyNameOfNobodyIsRefused() {
        refuses(KmsErrorCode.SIGNATURE_REQUIRED, phone.request(key("ink.9." + ALICE)));
    }

    @Test
    void theTransportKeyDoesNotSignWhereThereIsAnIntegrityKey() {
        refuses(KmsErrorCode.SIGNATURE_REQUIRED, phone.request(phone.keys().transportKey()));
    }

    @Test
    void keysOfAnotherUserAreUnknownHere() {
        try (TestDevice bobs = TestDevice.registered(rig, BOB, "phone")) {
            refuses(KmsErrorCode.SIGNATURE_REQUIRED, phone.request(bobs.keys().signingKey()));
        }
    }

    @Test
    void aBodyOfAnotherUserIsRefusedThoughTheSignatureHolds() {
        Octets body = SignedRequests.signed(
                SignedRequests.request(BOB, rig.time.instant(), phone.url()),
                phone.keys().signingKey());

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, phone.with(body));
    }

    @Test
    void aDeviceOfABlockedIdentityServesNoOtherIdentityOfItsToken() {
        rig.operatorsIdentities.block(ServerRig.OPERATOR, ALICE, "stolen");
        String url = ServerRig.PATH + "/" + BOB;
        Octets body = SignedRequests.signed(
                SignedRequests.request(BOB, rig.time.instant(), ServerRig.BASE + url),
                phone.keys().signingKey());

        refuses(KmsErrorCode.IDENTITY_BLOCKED, () -> rig.provision(
                        user(ALICE, BOB),
                        new ProvisioningRequest(Optional.of(BOB), Optional.empty(), Optional.of(body), url))
                .close());
        assertThat(rig.audit.events()).doesNotContain(AuditEvent.CLIENT_KEYS_ACTIVATED, AuditEvent.KEYS_PROVISIONED);
    }

    @Test
    void withoutASignatureTheDeviceOfTheAddresseeIsMeant() {
        serve(ALICE, InteropProfile.UNSIGNED_REQUESTS);
        serve(BOB, InteropProfile.UNSIGNED_REQUESTS);
        try (TestDevice tablet = TestDevice.registered(rig, BOB, "tablet");
                AnswerForm form = new AnswerForm()) {
            rig.provisioning
                    .provision(user(BOB, ALICE), ServerRig.request(BOB), form)
                    .close();

            assertThat(form.protection().wrapWith().orElseThrow().name())
                    .isEqualTo(tablet.keys().transportKey().name());
        }
    }

    @Test
    void eachDeviceHasItsOwnKeys() {
        try (TestDevice tablet = TestDevice.registered(rig, ALICE, "tablet")) {
            assertThat(tablet.keys().signingKey().name())
                    .isNotEqualTo(phone.keys().signingKey().name());
            tablet.ask().response().close();
            phone.ask().response().close();
            refuses(
                    KmsErrorCode.SIGNATURE_REQUIRED,
                    phone.request(NamedKey.takeFrom(tablet.keys().signingKey().name(), phoneOctets())));
        }
    }

    private byte[] phoneOctets() {
        return phone.keys().signingKey().key().use(byte[]::clone);
    }

    @Test
    void theSameSignedOctetsAreNotLetInTwice() {
        ProvisioningRequest request = phone.request();
        phone.ask(request).response().close();

        refuses(KmsErrorCode.REPLAYED_REQUEST, request);
        assertThat(rig.lastForm.isProtected()).as("the refusal is signed").isTrue();
    }

    @Test
    void nothingIsAnsweredBeforeItIsWrittenThatTheRequestWasLetIn() {
        rig.committing.through(new UnsureTransactions(rig.transactions, UnsureTransactions.Fate.NOT_WRITTEN));

        refuses(KmsErrorCode.DATABASE_UNAVAILABLE, phone.request());
        phone.ask().response().close();
    }

    @Test
    void aStaleRequestIsRefusedInASignedAnswer() {
        ProvisioningRequest request = phone.request();
        rig.time.advance(Duration.ofSeconds(61));

        refuses(KmsErrorCode.STALE_TIME, request);
        assertThat(rig.lastForm.protection().signWith().orElseThrow().name())
                .isEqualTo(phone.keys().signingKey().name());
    }

    @Test
    void whatWasRefusedAsStaleIsNotRemembered() {
        ProvisioningRequest early = phone.with(SignedRequests.signed(
                SignedRequests.request(ALICE, rig.time.instant().plusSeconds(90), phone.url()),
                phone.keys().signingKey()));
        refuses(KmsErrorCode.STALE_TIME, early);
        rig.time.advance(Duration.ofSeconds(60));

        phone.ask(early).response().close();
    }

    /** Two requests of one moment stand side by side in the database, and are two. */
    @Test
    void aRequestIsRememberedByItsTime() {
        Instant moment = rig.time.instant().minusMillis(1);
        try (TestDevice tablet = TestDevice.registered(rig, ALICE, "tablet")) {
            for (TestDevice device : List.of(phone, tablet)) {
                device.ask(device.with(SignedRequests.signed(
                                SignedRequests.request(ALICE, moment, device.url()),
                                device.keys().signingKey())))
                        .response()
                        .close();
            }
        }

        assertThat(rig.database.tamper("DELETE FROM kms_seen_request WHERE LENGTH(fingerprint) = 64"
                        + " AND fingerprint LIKE '" + "%016X".formatted(moment.toEpochMilli()) + "%'"))
                .isEqualTo(2);
    }

    @Test
    void aRequestIsRememberedAsLongAsItIsFresh() {
        ProvisioningRequest fromTheFuture = phone.with(SignedRequests.signed(
                SignedRequests.request(ALICE, rig.time.instant().plusSeconds(60), phone.url()),
                phone.keys().signingKey()));
        phone.ask(fromTheFuture).response().close();
        rig.time.advance(Duration.ofSeconds(119));
        rig.transactions.inNew(() -> rig.devices.seen.forgetBefore(rig.time.instant()));

        refuses(KmsErrorCode.REPLAYED_REQUEST, fromTheFuture);

        // by the clock of this node it is stale by now; by that of another node, a minute behind, not yet
        rig.time.advance(Duration.ofSeconds(60));
        assertThat(rig.transactions.<Integer>inNew(() -> rig.devices.seen.forgetBefore(rig.time.instant())))
                .isZero();
        rig.time.advance(Duration.ofSeconds(2));
        assertThat(rig.transactions.<Integer>inNew(() -> rig.devices.seen.forgetBefore(rig.time.instant())))
                .isEqualTo(1);
        refuses(KmsErrorCode.STALE_TIME, fromTheFuture);
    }

    @Test
    void registeredKeysThatCameTooLateAreVoid() {
        Instant until = rig.time.instant().plusSeconds(3600);
        TestDevice late = TestDevice.registered(rig, BOB, "late", true, until);
        rig.time.advance(Duration.ofSeconds(3600));

        refuses(KmsErrorCode.REGISTRATION_EXPIRED, () -> late.ask().response().close());
        assertThat(rig.audit.events()).doesNotContain(AuditEvent.CLIENT_KEYS_ACTIVATED);
    }

    @Test
    void revokedKeysAreNoneAndTheIdentityStillHasToSign() {
        phone.ask().response().close();
        rig.transactions.inNew(() -> rig.clientKeys.revoke(new ClientKeysId(ALICE, "phone"), rig.time.instant()));

        refuses(KmsErrorCode.SIGNATURE_REQUIRED, phone.request());
        refuses(KmsErrorCode.SIGNATURE_REQUIRED, ServerRig.request(ALICE));
    }

    @Test
    void registeringAgainHealsALostDevice() {
        phone.ask().response().close();
        try (TestDevice again = TestDevice.registered(rig, ALICE, "phone")) {
            refuses(KmsErrorCode.SIGNATURE_REQUIRED, phone.request());
            again.ask().response().close();
        }
    }

    @Test
    void aClientThatCannotSignGetsWrappedKeysByItsProfile() {
        serve(ALICE, InteropProfile.UNSIGNED_REQUESTS);

        for (ProvisioningRequest unsigned : new ProvisioningRequest[] {
            ServerRig.request(ALICE),
            phone.with(SignedRequests.plain(SignedRequests.request(
                    ALICE, rig.time.instant(), phone.url(), Optional.of("phone"), Optional.empty())))
        }) {
            ReceivedResponse received = phone.ask(unsigned);
            assertThat(received.keysWereWrapped()).isTrue();
            received.response().close();
        }
        refuses(
                KmsErrorCode.TRANSPORT_KEY_REQUIRED,
                phone.with(SignedRequests.plain(SignedRequests.request(
                        ALICE, rig.time.instant(), phone.url(), Optional.of("watch"), Optional.empty()))));
    }

    @Test
    void aClientThatCannotSignAndDoesHasToSignRight() {
        serve(ALICE, InteropProfile.UNSIGNED_REQUESTS);

        refuses(
                KmsErrorCode.SIGNATURE_REQUIRED,
                phone.request(key(phone.keys().signingKey().name())));
    }

    @Test
    void whoHasNoKeysIsServedByTheirClass() {
        try (KmsResponse plain = rig.provision(user(BOB), ServerRig.request(BOB))) {
            assertThat(plain.message()).isPresent();
        }
        Octets signedByStranger = SignedRequests.signed(
                SignedRequests.request(BOB, rig.time.instant(), ServerRig.BASE + ServerRig.PATH + "/" + BOB), key("x"));
        refuses(KmsErrorCode.SIGNATURE_REQUIRED, () -> rig.provision(
                        user(BOB),
                        new ProvisioningRequest(
                                Optional.of(BOB),
                                Optional.empty(),
                                Optional.of(signedByStranger),
                                ServerRig.PATH + "/" + BOB))
                .close());
    }

    @Test
    void aClassMayHaveToSignOrToWrap() {
        rig.close();
        rig = new ServerRig(Map.of("kms.signed-requests.client", "required"));
        rig.epoch();
        refuses(KmsErrorCode.SIGNATURE_REQUIRED, () -> rig.provision(user(BOB), ServerRig.request(BOB)));
        rig.close();
        rig = new ServerRig(Map.of("kms.plain-keys.client", "refused"));
        rig.epoch();
        refuses(KmsErrorCode.TRANSPORT_KEY_REQUIRED, () -> rig.provision(user(BOB), ServerRig.request(BOB)));
    }

    @Test
    void aRequestCostsOneCallOfTheToken() {
        phone.ask().response().close();
        phone.ask().response().close();
        int before = rig.vault.tokenCalls();

        for (int i = 0; i < 5; i++) {
            phone.ask().response().close();
        }

        assertThat(rig.vault.tokenCalls() - before).isEqualTo(5);
    }

    @Test
    void ofTheSameOctetsAtOnceOnePasses() throws InterruptedException, ExecutionException {
        phone.ask().response().close();
        ProvisioningRequest request = phone.request();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                outcomes.add(pool.submit(() -> {
                    try {
                        phone.ask(request).response().close();
                        return "served";
                    } catch (KmsException e) {
                        return e.code().name();
                    }
                }));
            }
            List<String> all = new ArrayList<>();
            for (Future<String> outcome : outcomes) {
                all.add(outcome.get());
            }
            assertThat(all).containsOnlyOnce("served");
            assertThat(all).filteredOn("REPLAYED_REQUEST"::equals).hasSize(7);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aClientOfRelease13IsReadAndAnsweredInItsForm() {
        Octets foreign = Octets.ofUtf8(new String(
                        SignedRequests.plain(SignedRequests.request(
                                        BOB, rig.time.instant(), ServerRig.BASE + ServerRig.PATH + "/" + BOB))
                                .toByteArray(),
                        StandardCharsets.UTF_8)
                .replace("urn:3gpp:ns:mcsecKMSInterface:1.0", "urn:vendor:kms"));
        ProvisioningRequest request = new ProvisioningRequest(
                Optional.of(BOB), Optional.empty(), Optional.of(foreign), ServerRig.PATH + "/" + BOB);
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.provision(user(BOB), request));

        serve(BOB, InteropProfile.REL13);

        rig.provision(user(BOB), request).close();
        assertThat(rig.lastForm.dialect().release()).isEqualTo(WireRelease.REL13);
    }

    @Test
    void aRefusalIsWrittenInTheDialectOfTheClient() {
        serve(ALICE, InteropProfile.TEXT_XML);

        refuses(KmsErrorCode.SIGNATURE_REQUIRED, ServerRig.request(ALICE));

        assertThat(rig.lastForm.dialect().textXml()).isTrue();
    }

    @Test
    void aReportedErrorIsInTheAuditTrail() {
        Octets body = SignedRequests.signed(
                SignedRequests.request(
                        ALICE,
                        rig.time.instant(),
                        phone.url(),
                        Optional.of("phone"),
                        Optional.of(new ClientError(77, "the SSK does not fit"))),
                phone.keys().signingKey());
        phone.ask(phone.with(body)).response().close();

        assertThat(rig.audit.notes())
                .filteredOn(note -> note.event() == AuditEvent.CLIENT_ERROR_REPORTED)
                .singleElement()
                .satisfies(note -> assertThat(note.details())
                        .containsEntry("errorCode", "77")
                        .containsEntry("errorMsg", "the SSK does not fit")
                        .containsEntry("signed", "true"));
    }

    @Test
    void noKeyIsInTheDatabaseOrTheTrail() {
        phone.ask().response().close();
        ClientKeys keys = phone.keys();

        for (NamedKey key :
                new NamedKey[] {keys.transportKey(), keys.integrityKey().orElseThrow()}) {
            String hex = key.key().use(octets -> Octets.copyOf(octets).toHex());
            assertThat(rig.database.dump()).doesNotContainIgnoringCase(hex);
            assertThat(rig.audit.notes().toString()).doesNotContainIgnoringCase(hex);
        }
    }
}
