package org.mckms.client.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.client.cli.explain.Explanation.Line;

class TokenExplainerTest {
    /** 2024-05-18T05:52:25Z. */
    private static final long NOW = 1_716_011_545L;

    private static final String HEADER = "{'alg':'ES256','kid':'k1','typ':'at+jwt'}";
    private static final String CLAIMS = "{'exp':" + (NOW + 600)
            + ",'scope':'openid 3gpp:mc:ptt_key_management_service','client_id':'ue','mcptt_id':'sip:alice@example.org'}";

    @Test
    void explainsHeaderAndClaims() {
        Explanation explanation = explain(token(HEADER, CLAIMS));

        assertThat(explanation.kind()).isEqualTo(DocumentKind.ACCESS_TOKEN);
        assertThat(explanation.faults()).isEmpty();
        assertThat(explanation.lines())
                .extracting(Line::clause, Line::path, Line::value)
                .contains(
                        tuple("RFC 7515 4.1.1", "header/alg", "ES256"),
                        tuple("B.2.2.3", "claims/mcptt_id", "sip:alice@example.org"));
        assertThat(explain("Bearer " + token(HEADER, CLAIMS) + "\n").faults()).isEmpty();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            header, ES256, none,                              header/alg,      is none of
            header, ES256, HS256,                             header/alg,      is none of
            header, "'kid'", "'crit'",                        header/crit,     a KMS understands none
            header, "'alg'", "'alg':'RS256','alg'",           "",              without duplicate names
            claims, "'exp':1716012145", "'exp':1716011515",   claims/exp,      expired at 2024-05-18T05:51:55Z
            claims, "'exp':1716012145", "'exp':1E999999999",  claims/exp,      no possible time
            claims, "'exp':1716012145", "'exp':'tomorrow'",   claims/exp,      no number of seconds
            claims, "'exp':1716012145,", "",                  claims,          has no exp
            claims, "'exp'", "'nbf':1716011600,'exp'",        claims/nbf,      in the future
            claims, ptt_key_management_service, ptt_service,  claims,          no key management
            claims, mcptt_id, mcdata_id,                      claims,          needs the claim mcptt_id
            claims, "sip:alice", "sip:al ice",                claims/mcptt_id, white space
            claims, "'client_id':'ue',", "",                  claims,          has no client_id
            """)
    void namesWhatIsWrong(String part, String old, String fresh, String where, String what) {
        boolean ofHeader = part.equals("header");
        Explanation explanation = explain(
                token(ofHeader ? HEADER.replace(old, fresh) : HEADER, ofHeader ? CLAIMS : CLAIMS.replace(old, fresh)));

        assertThat(explanation.firstFault()).isPresent();
        assertThat(explanation.firstFault().get().where()).isEqualTo(where);
        assertThat(explanation.firstFault().get().what()).contains(what);
    }

    @Test
    void survivesWhatIsNoToken() {
        String good = token(HEADER, CLAIMS);
        for (String wrong : new String[] {
            "a.b",
            good + ".x",
            good.substring(1),
            token("[]", CLAIMS),
            token(HEADER, "[".repeat(3000)),
            token(HEADER, "{'exp':" + "9".repeat(3000) + "}"),
            good + "A".repeat(9000),
            "..",
            "a..",
            token(HEADER, "{'exp':1e99999999999}")
        }) {
            assertThat(explain(wrong).faults()).as(wrong).isNotEmpty();
        }
    }

    private static Explanation explain(String token) {
        return new Explainer(Instant.ofEpochSecond(NOW), false, Optional.empty(), Optional.empty())
                .explain(token.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(String header, String claims) {
        return base64Url(header.replace('\'', '"')) + "." + base64Url(claims.replace('\'', '"')) + "."
                + base64Url("x".repeat(64));
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
