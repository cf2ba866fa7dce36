package org.mckms.protocol.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.RequestLeniency;

class MessageSignatureTest {
    @Test
    void holdsUnderItsKeyOnly() throws IOException {
        MessageSignature signature = signature(Samples.octets(Samples.SIGNED_REQUEST));
        String ink = SecurityVectors.ALL.getString("InK");
        assertThat(signature.verifies(SecurityVectors.ink())).isTrue();
        assertThat(signature.verifies(SecurityVectors.trk())).isFalse();
        assertThat(signature.verifies(SecurityVectors.key(SecurityVectors.INK_NAME, ink.replace("20", "21"))))
                .isFalse();
    }

    @Test
    void doesNotHoldUnderTheRightKeyOfAnotherName() throws IOException {
        MessageSignature signature = signature(Samples.octets(Samples.SIGNED_REQUEST));
        NamedKey renamed = SecurityVectors.key("ink.2", SecurityVectors.ALL.getString("InK"));
        assertThat(signature.verifies(renamed)).isFalse();
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "alice@, mallory@",
        "05:52:25Z, 05:52:26Z",
        "05:52:25Z, 05:52:25.0Z",
        "client-1, 'client-1 '",
        "Version=\"1.1.0\", Version=\"1.0.0\"",
        "<UserUri>, '<UserUri >\n'",
        "SignedKmsRequest xmlns, SignedKmsRequest xmlns:x=\"urn:x\" xmlns",
        "0n5O/xNC, 0n5O/xND",
        "tnu+5vw9, tnu+5vw8",
        "<SignedInfo>, <SignedInfo Id=\"x\">",
        "ink.1, ink.2"
    })
    void doesNotHoldAfterAChange(String from, String to) throws IOException {
        byte[] changed = Samples.changed(Samples.SIGNED_REQUEST, from, to);
        assertThat(signature(changed).verifies(SecurityVectors.ink())).isFalse();
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "alice@, al&#105;ce@",
        "client-1, <![CDATA[client-1]]>",
        "Version=\"1.1.0\", 'Version = ''1.1.0'' '",
        "<UserUri>, <UserUri >",
        "<SignedInfo>, '<SignedInfo\n>'",
        "xmldsig#hmac, xmldsig&#x23;hmac"
    })
    void holdsAndHasTheSameFingerprintHoweverItIsWritten(String from, String to) throws Exception {
        byte[] sample = Samples.octets(Samples.SIGNED_REQUEST);
        byte[] changed = new String(sample, UTF_8).replace(from, to).getBytes(UTF_8);
        assertThat(signature(changed).verifies(SecurityVectors.ink())).isTrue();
        assertThat(JdkSignature.validate(changed, SecurityVectors.ink()).valid())
                .isTrue();
        assertThat(signature(changed).fingerprint()).isEqualTo(signature(sample).fingerprint());
    }

    @Test
    void theFingerprintIsTheDigestOfTheCanonicalMessage() throws Exception {
        String canonical = SecurityVectors.signature(Samples.SIGNED_REQUEST).getString("canonicalBody");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8));
        assertThat(signature(Samples.octets(Samples.SIGNED_REQUEST))
                        .fingerprint()
                        .toByteArray())
                .isEqualTo(digest);
    }

    private static MessageSignature signature(byte[] octets) {
        return KmsRequestCodec.read(octets, RequestLeniency.STANDARD)
                .signature()
                .orElseThrow();
    }
}
