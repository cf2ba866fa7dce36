package org.mckms.protocol.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Signed with the key of RFC 6507 appendix A, which is that of the identity below. */
class SignedSipBodyTest {
    private static final Octets IDENTITY = Octets.ofAscii("2011-02\0tel:+447700900123\0");
    private static final KmsPublicAuthenticationKey KPAK = new KmsPublicAuthenticationKey(
            Octets.fromHex("0450D4670BDE75244F28D2838A0D25558A7A72686D4522D4C8273FB6442AEBFA93"
                    + "DBDD37551AFD263B5DFD617F3960C65A8C298850FF99F20366DCE7D4367217F4"));
    private static final PublicValidationToken PVT = new PublicValidationToken(
            Octets.fromHex("04758A142779BE89E829E71984CB40EF758CC4AD775FC5B9A3E1C8ED52F6FA36D9"
                    + "A79D247692F4EDA3A6BDAB77D6AA6474A464AE4934663C5265BA7018BA091F79"));
    private static final String SSK = "23F374AE1F4033F3E9DBDDAAEF20F4CF0B86BBD5A138A5AE9E7E006B34489A0D";
    private static final EccsiVerifier VERIFIER = new EccsiVerifier(KPAK);
    private static final SignedSipBody.Claims CLAIMS = new SignedSipBody.Claims(
            "sip:alice@example.org", "kms.example.org", "sip:mcptt@example.org", Instant.parse("2024-05-18T05:52:25Z"));
    private static final SipBody BODY =
            new SipBody("multipart/mixed;boundary=\"b1\"", Octets.ofAscii("--b1\r\n\r\nx\r\n--b1--\r\n"));

    private static SipBody signed() {
        try (SecretSigningKey ssk =
                SecretSigningKey.takeFrom(Octets.fromHex(SSK).toByteArray())) {
            return SignedSipBody.sign(BODY, CLAIMS, new EccsiSigner(IDENTITY, ssk, PVT, KPAK, new SecureRandom()));
        }
    }

    private static SipBody with(SipBody signed, int part, Octets entity) {
        List<Octets> entities = new ArrayList<>(MultipartBody.parse(signed).entities());
        entities.set(part, entity);
        return new MultipartBody("multipart/signed", entities).toBody(";protocol=\"" + SignedSipBody.PROTOCOL + "\"");
    }

    private static void assertRefused(SipBody body, KmsErrorCode code) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> SignedSipBody.parse(body).verified(VERIFIER, IDENTITY))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aSignedBodyComesBackWithItsClaims() {
        SipBody signed = signed();
        SignedSipBody parsed = SignedSipBody.parse(signed);

        assertThat(SignedSipBody.isSigned(signed)).isTrue();
        assertThat(signed.contentType())
                .startsWith("multipart/signed;boundary=")
                .endsWith(";protocol=\"application/vnd.mckms.eccsi\";micalg=sha-256");
        assertThat(parsed.claims()).isEqualTo(CLAIMS);
        assertThat(parsed.pvt()).isEqualTo(PVT.octets());
        assertThat(parsed.verified(VERIFIER, IDENTITY)).isEqualTo(BODY);
    }

    @Test
    void itCanBeSealedAsAnyBody() {
        try (ContentEncryptionKey cek = CekFixtures.cek()) {
            SipBody sealed = SmimeBody.seal(signed(), cek, new SecureRandom());

            SipBody opened = SmimeBody.open(sealed, CekFixtures.only(cek));
            assertThat(SignedSipBody.parse(opened).verified(VERIFIER, IDENTITY)).isEqualTo(BODY);
        }
    }

    @Test
    void nothingAlteredVerifies() {
        SipBody signed = signed();
        for (int part : new int[] {0, 1}) {
            byte[] octets = MultipartBody.parse(signed).entities().get(part).toByteArray();
            for (int i = octets.length / 3; i < octets.length; i++) {
                byte[] altered = octets.clone();
                altered[i] ^= 2;
                SipBody changed = with(signed, part, Octets.copyOf(altered));
                assertThatExceptionOfType(KmsException.class)
                        .as("octet " + i + " of part " + part)
                        .isThrownBy(() -> SignedSipBody.parse(changed).verified(VERIFIER, IDENTITY));
            }
        }
    }

    @Test
    void anotherSignerIsRefused() {
        SignedSipBody parsed = SignedSipBody.parse(signed());

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> parsed.verified(VERIFIER, Octets.ofAscii("2011-02\0tel:+447700900124\0")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(SIGNATURE_REQUIRED));
    }

    @Test
    void claimsAreNotTakenFromAnotherSignature() {
        SignedSipBody.Claims others = new SignedSipBody.Claims(
                CLAIMS.signerUri(), CLAIMS.signerKmsUri(), "sip:other@example.org", CLAIMS.time());
        SipBody forOthers;
        try (SecretSigningKey ssk =
                SecretSigningKey.takeFrom(Octets.fromHex(SSK).toByteArray())) {
            forOthers = SignedSipBody.sign(BODY, others, new EccsiSigner(IDENTITY, ssk, PVT, KPAK, new SecureRandom()));
        }
        Octets here = MultipartBody.parse(signed()).parts().get(1).content();
        Octets there = MultipartBody.parse(forOthers).parts().get(1).content();
        Octets mixed = there.slice(0, there.size() - 129).concat(here.slice(here.size() - 129, here.size()));

        assertRefused(
                with(
                        forOthers,
                        1,
                        Octets.copyOf(BodyPart.of(SignedSipBody.PROTOCOL, mixed).octets())),
                SIGNATURE_REQUIRED);
    }

    @Test
    void whatIsNoSignedBodyIsRefused() {
        SipBody signed = signed();
        List<Octets> entities = MultipartBody.parse(signed).entities();
        String protocol = ";protocol=\"" + SignedSipBody.PROTOCOL + "\"";

        assertRefused(BODY, MALFORMED_REQUEST);
        assertRefused(
                new SipBody(signed.contentType().replace("vnd.mckms.eccsi", "pkcs7-signature"), signed.octets()),
                MALFORMED_REQUEST);
        assertRefused(
                new MultipartBody("multipart/signed", entities.subList(0, 1)).toBody(protocol), MALFORMED_REQUEST);
        assertRefused(
                new MultipartBody("multipart/signed", List.of(entities.get(0), entities.get(1), entities.get(1)))
                        .toBody(protocol),
                MALFORMED_REQUEST);
        assertRefused(
                new MultipartBody("multipart/signed", List.of(entities.get(1), entities.get(0))).toBody(protocol),
                MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128, 129, 130, 137, 140, 150})
    void signaturesThatAreCutAreRefused(int length) {
        SipBody signed = signed();
        Octets content = MultipartBody.parse(signed).parts().get(1).content();

        assertRefused(
                with(
                        signed,
                        1,
                        Octets.copyOf(BodyPart.of(SignedSipBody.PROTOCOL, content.slice(0, length))
                                .octets())),
                MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "0102", ""})
    void otherVersionsAndMoreClaimsAreRefused(String begin) {
        SipBody signed = signed();
        Octets content = MultipartBody.parse(signed).parts().get(1).content();
        int end = content.size() - 129;
        Octets changed = begin.isEmpty()
                ? content.slice(0, end).concat(Octets.fromHex("00"), content.slice(end, content.size()))
                : Octets.fromHex(begin).concat(content.slice(1, content.size()));

        assertRefused(
                with(
                        signed,
                        1,
                        Octets.copyOf(
                                BodyPart.of(SignedSipBody.PROTOCOL, changed).octets())),
                MALFORMED_REQUEST);
    }
}
