package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;

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
        assertThat(IdentityUri.parse(uri).domain()).contains(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tel:+4930123456",
                "urn:uuid:0b9d1c1e",
                "sip:alice@evil.org;x=@example.org",
                "sip:alice@example.org@evil.org",
                "sip:alice@",
                "https:///x",
                "https://a@b@example.org/"
            })
    void findsNoDomainWhereItIsNotClear(String uri) {
        assertThat(IdentityUri.parse(uri).domain()).isEmpty();
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
                "sip:alice%20b@example.org",
                "sip:alice@%65xample.org",
                "sip:%61lice@example.org",
                "sip:<alice@example.org>",
                "sip:\"alice\"@example.org"
            })
    void refusesWhatIsNoUri(String text) {
        assertThatThrownBy(() -> IdentityUri.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void saysWhatIsWrongAndRepeatsNothing() {
        assertThatThrownBy(() -> IdentityUri.parse("sip:secret%20x@example.org"))
                .hasMessage("has a '%'; identities here are written without percent-encoding");
        assertThatThrownBy(() -> IdentityUri.parse("secret")).hasMessage("is no absolute URI");
        String longest = "sip:" + "a".repeat(512 - 16) + "@example.org";
        assertThat(IdentityUri.parse(longest).text()).hasSize(512);
        assertThatThrownBy(() -> IdentityUri.parse(longest + "x")).hasMessage("is longer than 512 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:gms@example.org, gms@example.org",
        "SIP:GMS@Example.ORG, gms@example.org",
        "sips:gms@example.org, gms@example.org",
        "im:gms@example.org, gms@example.org",
        "https://gms@example.org/, gms@example.org",
        "sip:gms@example.org:5061, gms@example.org",
        "sip:gms:x@example.org, gms@example.org",
        "sip:gms:@example.org:5060;transport=tls, gms@example.org",
        "sip:gms;x=1@example.org, gms@example.org",
        "sip:gms@example.org;x=1, gms@example.org",
        "sip:gms@example.org?x=1, gms@example.org",
        "sip:example.org, example.org",
        "https://Example.org:8443/Users/1/, example.org/users/1",
        "https://example.org/users/1?a#b, example.org/users/1",
        "TEL:+1;phone-context=x, tel:+1",
        "sip:gms2@example.org, gms2@example.org",
        "sip:gms@example.org.evil.org, gms@example.org.evil.org",
        "sip:gms/x@example.org, gms/x@example.org",
    })
    void bringsLookAlikesTogether(String uri, String form) {
        assertThat(IdentityUri.parse(uri).lookAlikeForm()).isEqualTo(form);
    }
}
