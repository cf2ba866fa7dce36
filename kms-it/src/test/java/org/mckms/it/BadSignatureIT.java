package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.it.support.WireDevice.DS;
import static org.mckms.it.support.WireDevice.digest;
import static org.mckms.it.support.WireDevice.document;
import static org.mckms.it.support.WireDevice.signature;
import static org.mckms.it.support.WireDevice.signedInfo;

import java.io.UnsupportedEncodingException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningKms;
import org.mckms.it.support.WireDevice;

/**
 * Signed requests whose signature, key, time or encoding is not what it has to be: each is refused with its own code,
 * nothing is issued, and one audit record tells of it. How documents can be rearranged is in {@link SignatureWrappingIT}.
 */
@ExtendWith(RunningKms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadSignatureIT {
    private static final String OWNER = "sip:signing@example.org";
    private static final String OTHER = "sip:signing-too@example.org";
    private static final int FORBIDDEN = 403;
    private static final int SIGNATURE_REQUIRED = 4031;

    private final Kms kms;
    private final Csc csc;
    private final WireDevice device;
    private final WireDevice other;
    private final String token;

    BadSignatureIT(Kms kms) {
        this.kms = kms;
        this.csc = kms.csc();
        this.device = WireDevice.register(kms, OWNER);
        this.other = WireDevice.register(kms, OTHER);
        this.token = kms.idm().user(OWNER);
    }

    private String request(Instant time) {
        return WireDevice.request(OWNER, kms.kmsUri(), time.toString(), csc.url("/keyprov"));
    }

    private String request() {
        return request(Instant.now());
    }

    private Reply post(String document) {
        return csc.post("/keyprov", token, document);
    }

    Stream<Arguments> badSignatures() {
        String request = request();
        String info = signedInfo(digest(request));
        String value = device.signatureValue(info);
        String name = "<KeyName>" + device.keyName() + "</KeyName>";
        byte[] mac = Base64.getDecoder().decode(value);
        return Stream.of(
                bad("no signature at all", withoutWrapper(request)),
                bad("wrapper without a signature", document(request)),
                bad("empty signature", document(request, "<Signature xmlns=\"" + DS + "\"></Signature>")),
                bad("another value", document(request, signature(info, base64(flipped(mac)), name))),
                bad("empty value", document(request, signature(info, "", name))),
                bad("value cut to 16 octets", document(request, signature(info, base64(mac, 16), name))),
                bad("value with an octet more", document(request, signature(info, base64(mac, 33), name))),
                bad("value that is no base64", document(request, signature(info, "*" + value.substring(1), name))),
                bad("HMACOutputLength", outputLength(request, 128)),
                bad("HMACOutputLength of the full length", outputLength(request, 256)),
                bad(
                        "another digest",
                        document(request, device.signature(signedInfo(digest(request + " ")), device.keyName()))),
                bad("digest of SHA-1", algorithm(request, "http://www.w3.org/2001/04/xmlenc#sha256", DS + "sha1")),
                bad(
                        "HMAC of SHA-1",
                        algorithm(request, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", DS + "hmac-sha1")),
                bad(
                        "a signature by RSA",
                        algorithm(
                                request,
                                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
                                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")),
                bad(
                        "exclusive canonicalization",
                        algorithm(
                                request,
                                "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
                                "http://www.w3.org/2001/10/xml-exc-c14n#")),
                bad("unknown KeyName", document(request, device.signature(info, "ink.9." + OWNER))),
                bad(
                        "own key under the KeyName of another user",
                        document(request, device.signature(info, other.keyName()))),
                bad("key and KeyName of another user", document(request, other.signature(info, other.keyName()))),
                bad(
                        "key of another user under the own KeyName",
                        document(request, other.signature(info, device.keyName()))),
                bad(
                        "no KeyInfo",
                        document(request, device.signature(request).replaceFirst("<KeyInfo>.*</KeyInfo>", ""))),
                bad("no KeyName", document(request, signature(info, value, ""))),
                bad("two KeyNames", document(request, signature(info, value, name + name))),
                bad(
                        "KeyInfo with a key",
                        document(
                                request,
                                signature(
                                        info,
                                        value,
                                        name
                                                + "<KeyValue><RSAKeyValue><Modulus>AQ==</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>"))),
                bad(
                        "KeyInfo with a certificate",
                        document(
                                request,
                                signature(
                                        info,
                                        value,
                                        name + "<X509Data><X509SubjectName>CN=x</X509SubjectName></X509Data>"))),
                bad(
                        "KeyInfo with an address",
                        document(
                                request,
                                signature(
                                        info,
                                        value,
                                        name + "<RetrievalMethod URI=\"http://127.0.0.1:1/key\"></RetrievalMethod>"))),
                bad(
                        "KeyInfo with an encrypted key",
                        document(
                                request,
                                signature(
                                        info,
                                        value,
                                        name
                                                + "<EncryptedKey xmlns=\"http://www.w3.org/2001/04/xmlenc#\"></EncryptedKey>"))));
    }

    private static Arguments bad(String name, String document) {
        return Arguments.of(name, document);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSignatures")
    void badSignatureIsRefused(String name, String document) {
        kms.observe(() -> post(document)).assertRefused(FORBIDDEN, SIGNATURE_REQUIRED);
    }

    @Test
    void emptyBodyOfADeviceThatHasToSignIsRefused() {
        kms.observe(() -> csc.post("/keyprov", token)).assertRefused(FORBIDDEN, SIGNATURE_REQUIRED);
    }

    @Test
    void duplicateAttributeIsMalformed() {
        String request = request();
        String twice =
                document(request, device.signature(request)).replace("Id=\"xmldoc\"", "Id=\"xmldoc\" Id=\"other\"");

        kms.observe(() -> post(twice)).assertRefused(400, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "IBM037"})
    void otherEncodingIsMalformed(String encoding) throws UnsupportedEncodingException {
        String request = request();
        String labelled = document(request, device.signature(request)).replace("UTF-8", encoding);

        refusedOctets(labelled.getBytes(encoding));
    }

    /** What a filter that looks for tags would not see (RFC 2152). */
    @Test
    void utf7IsMalformed() {
        String request = request();
        String hidden = document(request, device.signature(request))
                .replace("UTF-8", "UTF-7")
                .replaceAll("<(?!\\?)", "+ADw-");

        refusedOctets(hidden.getBytes(StandardCharsets.US_ASCII));
    }

    private void refusedOctets(byte[] octets) {
        kms.observe(() -> csc.send(csc.with(token, "/keyprov")
                        .header("Content-Type", "application/xml")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(octets))
                        .build()))
                .assertRefused(400, 400);
    }

    @Test
    void bodyOver64KiBIsRefusedBeforeItsSignatureIsLookedAt() {
        String request = request();
        String long65KiB = document(request, device.signature(request)) + " ".repeat(65 * 1024);

        kms.observe(() -> post(long65KiB)).assertRefused(413, 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT10M", "-PT61S", "PT65S", "PT10M", "P365D"})
    void signedTimeOutsideTheWindowIsRefused(Duration difference) {
        String request = request(Instant.now().plus(difference));

        kms.observe(() -> post(document(request, device.signature(request)))).assertRefused(400, 4001);
    }

    @Test
    void sameSignedRequestIsServedOnce() {
        String request = request();
        String signature = device.signature(request);

        assertThat(post(document(request, signature)).status()).isEqualTo(200);

        kms.observe(() -> post(document(request, signature))).assertRefused(400, 4005);
    }

    /** What is not signed makes no other request of it. */
    @Test
    void sameSignedRequestInOtherClothesIsServedOnce() {
        String request = request();
        String signature = device.signature(request);
        String value = device.signatureValue(signedInfo(digest(request)));

        assertThat(post(document(request, signature)).status()).isEqualTo(200);

        kms.observe(() -> post(document(request, signature.replace(value, "\n" + value + "\n"))))
                .assertRefused(400, 4005);
        kms.observe(() -> post(document(request, signature).replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "")))
                .assertRefused(400, 4005);
    }

    @Test
    void signedRequestForAnotherResourceIsRefused() {
        String request = WireDevice.request(OWNER, kms.kmsUri(), Instant.now().toString(), csc.url("/init"));

        kms.observe(() -> post(document(request, device.signature(request)))).assertRefused(400, 4004);
    }

    /** Who has lost the TrK is registered again; whoever finds the old one has nothing of it. */
    @Test
    void deviceThatLostItsKeysIsRegisteredAgain() {
        String user = "sip:forgetful@example.org";
        WireDevice lost = WireDevice.register(kms, user);
        assertThat(signedBy(lost).status()).isEqualTo(200);

        WireDevice found = WireDevice.register(kms, user);

        Reply keys = signedBy(found);
        assertThat(keys.status()).as(keys.toString()).isEqualTo(200);
        assertThat(keys.text()).contains(found.keyName()).doesNotContain(lost.keyName());
        kms.observe(() -> signedBy(lost)).assertRefused(FORBIDDEN, SIGNATURE_REQUIRED);
    }

    private Reply signedBy(WireDevice signer) {
        String request =
                WireDevice.request(signer.userUri(), kms.kmsUri(), Instant.now().toString(), csc.url("/keyprov"));
        return csc.post("/keyprov", kms.idm().user(signer.userUri()), document(request, signer.signature(request)));
    }

    private String outputLength(String request, int bits) {
        String method = "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#hmac-sha256\">";
        String info = signedInfo(digest(request))
                .replace(method, method + "<HMACOutputLength>" + bits + "</HMACOutputLength>");
        byte[] mac = Base64.getDecoder().decode(device.signatureValue(info));
        return document(request, signature(info, base64(mac, bits / 8), "<KeyName>" + device.keyName() + "</KeyName>"));
    }

    private String algorithm(String request, String before, String after) {
        return document(
                request, device.signature(signedInfo(digest(request)).replace(before, after), device.keyName()));
    }

    private static String withoutWrapper(String request) {
        return request.replaceFirst("<KmsRequest", "<KmsRequest xmlns=\"" + Reply.NAMESPACE + "\"");
    }

    private static byte[] flipped(byte[] octets) {
        byte[] flipped = octets.clone();
        flipped[0] ^= 1;
        return flipped;
    }

    private static String base64(byte[] octets) {
        return base64(octets, octets.length);
    }

    private static String base64(byte[] octets, int length) {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(octets, length));
    }
}
