package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityUriTest {

    @ParameterizedTest
    @CsvSource({
        "sip:alice@example.org, example.org",
        "sips:alice@example.org:5061, example.org",
        "SIP:alice@example.org, example.org",
        "sip:alice@Example.org, Example.org",
        "sip:alice;day=1@example.org;user=phone?x=y, example.org",
        "sip:example.org, example.org",
        "mailto:alice@example.org, example.org",
        "https://example.org/users/1, example.org",
        "https://alice@example.org:8443/x, example.org",
    })
    void findsTheDomainAsWritten(String uri, String domain) {
        assertThat(IdentityUri.parse(uri).orElseThrow().domain()).contains(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tel:+4930123456",
                "urn:uuid:0b9d1c1e",
                "sip:alice@evil.org;x=@example.org",
                "sip:alice@example.org@evil.org",
                "sip:alice@",
                "sip:alice@%65xample.org",
                "https:///x",
                "https://a@b@example.org/"
            })
    void findsNoDomainWhereItIsNotClear(String uri) {
        assertThat(IdentityUri.parse(uri).orElseThrow().domain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                ":alice@example.org",
                "1sip:alice@example.org",
                "sip:",
                "sip:alice @example.org",
                "sip:alice@example.org\n",
                "sip:\u00e4lice@example.org",
                "sip:alice%4@example.org",
                "sip:<alice@example.org>",
                "sip:\"alice\"@example.org"
            })
    void refusesWhatIsNoUri(String text) {
        assertThat(IdentityUri.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:gms@example.org, sip:gms@example.org",
        "SIP:GMS@Example.ORG, sip:gms@example.org",
        "sip:%67ms@example.org, sip:gms@example.org",
        "sip:gms%40example.org, sip:gms@example.org",
        "sip:gms@example.org;x=1, sip:gms@example.org",
        "sip:gms@example.org?x=1, sip:gms@example.org",
    })
    void bringsLookAlikesTogether(String uri, String form) {
        assertThat(IdentityUri.parse(uri).orElseThrow().lookAlikeForm()).isEqualTo(form);
    }
}
