package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RootCertificate;
import org.mckms.it.support.RunningKms;
import org.mckms.protocol.xml.KmsSchema;

/** A key management client with a good token gets its certificate and its keys. */
@ExtendWith(RunningKms.class)
class ProvisioningIT {
    private static final String ALICE = "sip:alice@example.org";

    private final Csc csc;
    private final Kms kms;
    private final String token;

    ProvisioningIT(Kms kms) {
        this.kms = kms;
        this.csc = kms.csc();
        this.token = kms.idm().user(ALICE);
    }

    @Test
    void initAnswersTheRootCertificate() {
        Reply reply = csc.post("/init", token);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.all("UserUri")).containsExactly(ALICE);
        assertThat(reply.all("KmsUri")).containsOnly(kms.kmsUri());
        assertThat(reply.only("ClientReqUrl")).isEqualTo(csc.url("/init"));
        assertThat(reply.only("UserIdFormat")).isEqualTo("2");
        assertThat(reply.only("PubEncKey")).matches("04[0-9A-F]{512}");
        assertThat(reply.only("PubAuthKey")).matches("04[0-9A-F]{128}");
        assertThat(reply.text()).contains("Role=\"Root\"");
        KmsSchema.validate(reply.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/keyprov",
                "/keyprov/sip:alice@example.org",
                "/keyprov/sip%3Aalice%40example.org",
                "/keyprov/sip%3aalice%40example.org",
                "/keyprov/%73%69%70:alice%40example.org"
            })
    void keyprovAnswersOneKeySetOfTheCurrentPeriod(String path) {
        RootCertificate root = kms.rootCertificate();

        Reply reply = csc.post(path, token);

        KeySet keys = KeySet.onlyOf(reply);
        assertThat(keys.userUri()).isEqualTo(ALICE);
        assertThat(keys.period()).isEqualTo(root.periodAt(Instant.now()));
        assertThat(reply.only("ClientReqUrl")).isEqualTo(csc.url(path));
        keys.assertHoldsUnder(root);
        KmsSchema.validate(reply.body());
    }

    @Test
    void timeInThePathIsReadInUpperAndLowerCase() {
        RootCertificate root = kms.rootCertificate();
        String now = RootCertificate.ntp(Instant.now());

        KeySet upper = KeySet.onlyOf(csc.post("/keyprov/" + ALICE + "/" + now, token));
        KeySet lower = KeySet.onlyOf(csc.post("/keyprov/" + ALICE + "/" + now.toLowerCase(Locale.ROOT), token));

        assertThat(upper.period()).isEqualTo(root.periodAt(Instant.now()));
        assertThat(lower).isEqualTo(upper);
    }

    @Test
    void timeOfTheNextPeriodGetsKeysOfTheNextPeriod() {
        RootCertificate root = kms.rootCertificate();
        long next = root.periodAt(Instant.now()) + 1;

        KeySet keys =
                KeySet.onlyOf(csc.post("/keyprov/" + ALICE + "/" + RootCertificate.ntp(root.startOf(next)), token));

        assertThat(keys.period()).isEqualTo(next);
        keys.assertHoldsUnder(root);
    }

    @Test
    void askingAgainGivesTheSameKeySet() {
        KeySet first = KeySet.onlyOf(csc.post("/keyprov", token));
        KeySet second = KeySet.onlyOf(csc.post("/keyprov/" + ALICE, kms.idm().user(ALICE)));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void everyIdentityOfTheTokenGetsItsOwnKeySet() {
        String both = kms.idm()
                .signed(kms.idm()
                        .claims("sip:ptt-ida@example.org")
                        .claim("mcvideo_id", "sip:video-ida@example.org")
                        .claim("scope", "3gpp:mc:ptt_key_management_service 3gpp:mc:video_key_management_service")
                        .build());

        List<KeySet> sets = KeySet.allOf(csc.post("/keyprov", both));

        assertThat(sets)
                .extracting(KeySet::userUri)
                .containsExactly("sip:ptt-ida@example.org", "sip:video-ida@example.org");
        assertThat(sets.get(0).rsk()).isNotEqualTo(sets.get(1).rsk());
        sets.forEach(set -> set.assertHoldsUnder(kms.rootCertificate()));
    }

    @Test
    void scopesOfRelease13AreTaken() {
        String rel13 = kms.idm()
                .signed(kms.idm()
                        .claims(ALICE)
                        .claim("scope", "openid 3gpp:mcptt:key_management_server")
                        .build());

        assertThat(KeySet.onlyOf(csc.post("/keyprov", rel13)).userUri()).isEqualTo(ALICE);
    }

    @Test
    void requestBodyIsTakenWhenItAgreesWithTokenAndResource() {
        String body = Csc.requestBody(ALICE, kms.kmsUri(), Instant.now().toString(), csc.url("/keyprov"));

        assertThat(KeySet.onlyOf(csc.post("/keyprov", token, body)).userUri()).isEqualTo(ALICE);
    }

    @Test
    void certCacheOfAKmsWithoutPartnersIsEmpty() {
        Reply all = csc.post("/certcache", token);
        assertThat(all.status()).isEqualTo(200);
        assertThat(all.all("KmsCertificate")).isEmpty();
        assertThat(all.text()).contains("<KmsCertCache");
        KmsSchema.validate(all.body());

        Reply newer = csc.post("/certcache/0", token);
        assertThat(newer.status()).isEqualTo(200);
        assertThat(newer.all("KmsCertificate")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/init", "/keyprov", "/certcache"})
    void answersAreFramedAndNotStored(String resource) {
        Reply reply = csc.post(resource, token);

        assertThat(reply.header("Content-Length")).contains(String.valueOf(reply.body().length));
        assertThat(reply.header("Transfer-Encoding")).isEmpty();
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "application/xml, application/xml;charset=utf-8",
        "text/xml, text/xml;charset=utf-8",
        "*/*, application/xml;charset=utf-8"
    })
    void mediaTypeFollowsAccept(String accept, String expected) {
        HttpRequest request = csc.to("/keyprov")
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        String type = csc.send(request).header("Content-Type").orElseThrow();

        assertThat(type.replace(" ", "").toLowerCase(Locale.ROOT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void speaksPresentTls(String protocol) throws IOException {
        try (SSLSocket socket = csc.raw().connect(protocol)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    void refusesTls11() throws IOException {
        byte[] answer = csc.raw().answerToHello(0x0302);

        assertThat(answer)
                .as("a fatal alert: protocol_version")
                .startsWith(21, 3)
                .endsWith(2, 70);
    }
}
