package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.it.support.WireDevice.DS;
import static org.mckms.it.support.WireDevice.digest;
import static org.mckms.it.support.WireDevice.document;
import static org.mckms.it.support.WireDevice.reference;
import static org.mckms.it.support.WireDevice.signature;
import static org.mckms.it.support.WireDevice.signedInfo;
import static org.mckms.it.support.WireDevice.transforms;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningKms;
import org.mckms.it.support.WireDevice;

/**
 * Somebody has a request that a device has signed, and the device's access token, and rearranges the document so that the
 * signature holds for the one request and the server is to act on another.
 */
@ExtendWith(RunningKms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureWrappingIT {
    private static final String OWNER = "sip:wrapped@example.org";
    private static final String ENVELOPED = DS + "enveloped-signature";

    private final Kms kms;
    private final Csc csc;
    private final WireDevice device;
    private final String token;

    /** What the device has signed, the signature, and what the attacker wants done. */
    private final String signed;

    private final String signature;
    private final String forged;

    SignatureWrappingIT(Kms kms) {
        this.kms = kms;
        this.csc = kms.csc();
        this.device = WireDevice.register(kms, OWNER);
        this.token = kms.idm().user(OWNER);
        this.signed = request();
        this.signature = device.signature(signed);
        this.forged = request().replace("</ClientReqUrl>", "</ClientReqUrl><DeviceId>forged</DeviceId>");
    }

    private String request() {
        return WireDevice.request(OWNER, kms.kmsUri(), Instant.now().toString(), csc.url("/keyprov"));
    }

    @Test
    void documentAsItIsMeantIsServed() {
        String own = request();

        Reply reply = csc.post("/keyprov", token, document(own, device.signature(own)));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.text()).contains("<SignedKmsResponse").contains("EncryptedKey");
    }

    Stream<Arguments> shapes() {
        String other = forged.replace("Id=\"xmldoc\"", "Id=\"other\"");
        String inExtension = "<Extension xmlns=\"urn:x\">" + xmlns(signed) + "</Extension>";
        return Stream.of(
                shape("forged request in place of the signed one", document(forged, signature)),
                shape("signed request moved into an Object", document(other, withObject(xmlns(signed)))),
                shape("signed request moved into KeyInfo", document(other, withKeyInfo(xmlns(signed)))),
                shape("signed request before the forged one", document(signed, other, signature)),
                shape("signed request behind the forged one", document(other, signed, signature)),
                shape("signed request behind the signature", document(other, signature, signed)),
                shape("signed request inside the forged one", document(inside(other, signed), signature)),
                shape(
                        "signed request inside an extension of the forged one",
                        document(inside(other, inExtension), signature)),
                shape("signed request in an extension of the root", document(other, inExtension, signature)),
                shape("forged request inside the signed one", document(inside(signed, other), signature)),
                shape(
                        "signed document inside another",
                        document(other, document(signed, signature).replaceFirst("<\\?.*?\\?>", ""))),
                shape("two requests with one Id, the forged one first", document(forged, signed, signature)),
                shape("two requests with one Id, the signed one first", document(signed, forged, signature)),
                shape(
                        "root with the Id of the signed request",
                        document(signed, signature).replace("<SignedKmsRequest", "<SignedKmsRequest Id=\"xmldoc\"")),
                shape(
                        "Id in another spelling",
                        document(inside(other, "<ClientId id=\"xmldoc\">x</ClientId>"), signature)),
                shape(
                        "two signatures, the good one first",
                        document(forged, signature, device.signature(forged).replace(device.keyName(), "none"))),
                shape(
                        "two signatures, the good one last",
                        document(forged, device.signature(forged).replace(device.keyName(), "none"), signature)),
                shape("signature inside the request", document(inside(signed, signature))),
                shape(
                        "signature inside the request, another beside it",
                        document(inside(signed, signature), signature)),
                shape("second SignedInfo in an Object", document(forged, withObject(signedInfo(digest(forged))))),
                shape("two References", twoReferences()),
                shape("Reference to nothing", referring("", "")),
                shape("Reference to the whole document", referring("", transforms(ENVELOPED))),
                shape("Reference by XPointer", referring("#xpointer(id('xmldoc'))", "")),
                shape("Reference to a file", referring("file:///etc/hostname", "")),
                shape("Reference over the network", referring("http://127.0.0.1:1/x", "")),
                shape(
                        "transform by XPath",
                        referring("#xmldoc", transforms("http://www.w3.org/TR/1999/REC-xpath-19991116"))),
                shape(
                        "transform by XPath filter",
                        referring("#xmldoc", transforms("http://www.w3.org/2002/06/xmldsig-filter2"))),
                shape(
                        "transform by XSLT",
                        referring("#xmldoc", transforms("http://www.w3.org/TR/1999/REC-xslt-19991116"))),
                shape("transform from base64", referring("#xmldoc", transforms(DS + "base64"))),
                shape("enveloped signature twice", referring("#xmldoc", transforms(ENVELOPED, ENVELOPED))),
                shape("comment in a value", document(signed.replace("wrapped@", "wrapped<!-- -->@"), signature)),
                shape(
                        "prefix for another namespace",
                        document(
                                signed.replace("KmsRequest", "x:KmsRequest")
                                        .replace("<x:KmsRequest", "<x:KmsRequest xmlns:x=\"urn:x\""),
                                signature)));
    }

    private static Arguments shape(String name, String document) {
        return Arguments.of(name, document);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void rearrangedDocumentIsRefused(String name, String document) {
        assertThat(document).isNotEqualTo(document(signed, signature));

        kms.observe(() -> csc.post("/keyprov", token, document)).assertRefused(403, 4031);
    }

    @Test
    void signedDocumentInsideAStrangeRootIsNoRequest() {
        String other = xmlns(forged.replace("Id=\"xmldoc\"", "Id=\"other\""));
        String envelope =
                "<Envelope xmlns=\"urn:x\">" + other + withoutDeclaration(document(signed, signature)) + "</Envelope>";

        kms.observe(() -> csc.post("/keyprov", token, envelope)).assertRefused(400, 400);
    }

    /** The signature holds by the letter of XML signatures for some of these; what it holds for is not the request. */
    private String referring(String uri, String transforms) {
        String info = signedInfo(digest(signed))
                .replace(reference("#xmldoc", "", digest(signed)), reference(uri, transforms, digest(signed)));
        return document(signed, device.signature(info, device.keyName()));
    }

    private String twoReferences() {
        String one = reference("#xmldoc", "", digest(signed));
        String other = forged.replace("Id=\"xmldoc\"", "Id=\"other\"");
        String info = signedInfo(digest(signed)).replace(one, one + reference("#other", "", digest(other)));
        return document(signed, device.signature(info, device.keyName()));
    }

    private String withObject(String content) {
        return signature.replace("</Signature>", "<Object>" + content + "</Object></Signature>");
    }

    private String withKeyInfo(String content) {
        return signature.replace("</KeyInfo>", content + "</KeyInfo>");
    }

    private static String inside(String request, String content) {
        return request.replace("</KmsRequest>", content + "</KmsRequest>");
    }

    private static String xmlns(String element) {
        return element.replaceFirst("<KmsRequest", "<KmsRequest xmlns=\"" + Reply.NAMESPACE + "\"");
    }

    private static String withoutDeclaration(String document) {
        return document.substring(document.indexOf("?>") + 2);
    }
}
