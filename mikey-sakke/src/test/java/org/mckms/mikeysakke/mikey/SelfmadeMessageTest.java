package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.eccsi.GivenScalarSigner;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.mikey.MalformedMikeyException.Fault;
import org.mckms.mikeysakke.mikey.MikeyPayload.Sakke;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeDecapsulator;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** Six messages made by an independent implementation, octet for octet, and eight broken ones. */
@UsesVectors({"mikey/domain-selfmade.json", "mikey/domain-selfmade-broken.json"})
class SelfmadeMessageTest {
    private static final String PATH = "mikey/domain-selfmade.json";
    private static final SecureRandom UNUSED = Fixtures.seeded(1);

    /** The plaintexts of the vectors, read by hand. */
    private static final Map<String, KeyParameters> PARAMETERS = Map.of(
            "GMK for media, URIs in clear, E.2 profile",
                    parameters(true, 0, 0, "fireground 1", List.of("sip:group1@example.org")),
            "GMK for floor control signalling, same user, second key of the same procedure",
                    parameters(true, 0x66484219L, 0x666FCF19L, "", List.of()),
            "GMK for media, identity hiding, to Bob", parameters(true, 0, 0, "", List.of()),
            "GMK revoked (status bit 0 clear)", parameters(false, 0, 0, "", List.of()));

    private static KeyParameters parameters(
            boolean inService, long activation, long expiry, String text, List<String> groups) {
        return new KeyParameters(
                KeyPurpose.GMK,
                !inService,
                false,
                Optional.of(activation).filter(time -> time > 0).map(Instant::ofEpochSecond),
                Optional.of(expiry).filter(time -> time > 0).map(Instant::ofEpochSecond),
                text,
                groups);
    }

    private static final Map<KeyPurpose, MessageProfile> PROFILES = Map.of(
            KeyPurpose.GMK, MessageProfile.withSessions(CryptoSessionId.MCPTT_GROUP),
            KeyPurpose.CSK, MessageProfile.withSessions(CryptoSessionId.MCPTT_CSK),
            KeyPurpose.PCK, MessageProfile.DEFAULT.encapsulatingToSelf());

    @TestFactory
    Stream<DynamicTest> makesTheMessageOctetForOctet() {
        VectorFile file = VectorFile.load(PATH);
        return file.tests(row -> {
            MessageCase message = new MessageCase(file.inputs(), row);
            KmsPublicAuthenticationKey kpak =
                    new KmsPublicAuthenticationKey(file.inputs().octets("pubAuthKey"));
            try (SecretSigningKey ssk = SecretSigningKey.takeFrom(row.bytes("SSK"));
                    SecretOctets key = message.key();
                    SharedSecretValue ssv = SharedSecretValue.takeFrom(row.bytes("key"))) {
                PublicValidationToken pvt = new PublicValidationToken(row.octets("PVT"));
                EccsiSigner signer = new EccsiSigner(row.octets("initiatorUid"), ssk, pvt, kpak, UNUSED);
                MessageAssembly.Unsigned unsigned = unsigned(message, signer, key, ssv);
                EccsiSignature signature = GivenScalarSigner.sign(signer, row.bytes("j"), unsigned.toBeSigned())
                        .orElseThrow();

                assertThat(unsigned.toBeSigned()).hasSize((int) row.number("signedOctets"));
                assertThat(signature.octets()).isEqualTo(row.octets("eccsiSignature"));
                assertThat(unsigned.signed(signature).octets()).isEqualTo(row.octets("message"));
            }
        });
    }

    private static MessageAssembly.Unsigned unsigned(
            MessageCase message, EccsiSigner signer, SecretOctets key, SharedSecretValue ssv) {
        VectorCase row = message.row();
        SakkeEncapsulator kms = message.encapsulator();
        MikeySender sender = new MikeySender(
                        row.text("initiatorUri"), message.kms().text("kmsUri"), signer, UNUSED)
                .knowingItself(row.octets("initiatorUid"), kms);
        MikeyRecipient to =
                new MikeyRecipient(row.text("responderUri"), message.kms().text("kmsUri"), row.octets("responderUid"));
        Octets iv = row.has("iv") ? row.octets("iv") : Octets.fromHex("");
        return sender.assembly(toSend(message, key), ssv, message.timestamp())
                .messageFor(to, new Sakke(kms.encapsulate(ssv, to.identity())), iv);
    }

    private static KeyToSend toSend(MessageCase message, SecretOctets key) {
        KeyPurpose purpose = KeyPurpose.valueOf(message.row().text("purpose"));
        MessageProfile plain = PROFILES.get(purpose);
        MessageProfile profile = message.row().fields().getBoolean("identityHiding") ? plain.hidingIdentity() : plain;
        Octets rand = message.row().octets("rand");
        KeyParameters parameters = PARAMETERS.get(message.row().name());
        return parameters == null
                ? KeyToSend.withoutParameters(purpose, message.keyId(), key, rand, profile)
                : KeyToSend.withParameters(message.keyId(), key, rand, parameters, profile);
    }

    @TestFactory
    Stream<DynamicTest> readsVerifiesAndOpensTheMessage() {
        VectorFile file = VectorFile.load(PATH);
        return file.tests(row -> {
            MessageCase message = new MessageCase(file.inputs(), row);
            MikeyMessage parsed = message.parsed(MikeyLeniency.STRICT);

            assertThat(message.verifies(parsed)).isTrue();
            assertThat(parsed.initiator().uri().isEmpty())
                    .isEqualTo(row.fields().getBoolean("identityHiding"));
            try (OpenedKey opened = message.opened(parsed)) {
                assertThat(message.keyOf(opened)).isEqualTo(row.octets("key"));
                assertThat(opened.keyId()).isEqualTo(message.keyId());
                assertThat(opened.csbId()).isEqualTo(message.csbId());
                assertThat(opened.rand()).isEqualTo(row.octets("rand"));
                assertThat(opened.parameters()).isEqualTo(Optional.ofNullable(PARAMETERS.get(row.name())));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> letsTheInitiatorOpenWhatIsForItself() {
        VectorFile file = VectorFile.load(PATH);
        return file.tests(row -> {
            MessageCase message = new MessageCase(file.inputs(), row);
            MikeyMessage parsed = message.parsed(MikeyLeniency.STRICT);

            assertThat(parsed.toSelf().isPresent())
                    .isEqualTo(row.text("purpose").equals("PCK"));
            parsed.toSelf().ifPresent(data -> {
                Octets self = row.octets("initiatorUid");
                try (ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(row.bytes("initiatorRSK"));
                        SakkeDecapsulator own = SakkeDecapsulator.of(message.encapsulator(), rsk, self);
                        SharedSecretValue ssv = own.decapsulate(data)) {
                    assertThat(ssv.use(Octets::copyOf)).isEqualTo(row.octets("key"));
                }
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> rejectsTheBrokenMessages() {
        VectorFile file = VectorFile.load("mikey/domain-selfmade-broken.json");
        EccsiVerifier verifier =
                new EccsiVerifier(new KmsPublicAuthenticationKey(file.inputs().octets("pubAuthKey")));
        Octets signer = file.inputs().octets("initiatorUid");
        Map<String, Fault> malformed = Map.of(
                "purpose nibble of the CSB-ID changed to PCK", Fault.VALUE,
                "last octet missing", Fault.CUT,
                "one octet appended after SIGN", Fault.TRAILING,
                "data type 0 instead of 26", Fault.VALUE,
                "PRF function 2", Fault.VALUE,
                "IDRr length runs past the end of the message", Fault.CUT);
        return file.tests(row -> {
            byte[] broken = row.bytes("message");
            Fault fault = malformed.get(row.name());
            if (fault == null) {
                MikeyMessage parsed = MikeyMessage.parse(broken, MikeyLeniency.STRICT);
                assertThat(parsed.verifies(verifier, signer)).isFalse();
            } else {
                assertThatThrownBy(() -> MikeyMessage.parse(broken, MikeyLeniency.STRICT))
                        .isInstanceOfSatisfying(MalformedMikeyException.class, e -> assertThat(e.fault())
                                .isEqualTo(fault));
            }
        });
    }
}
