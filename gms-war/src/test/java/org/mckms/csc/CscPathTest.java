package org.mckms.csc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.URI_TOO_LONG;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CscPathTest {

    private static final String ROOT = "/keymanagement/identity/v1";
    private static final String ALICE = "sip:alice@example.org";

    /** With discovery, which adds resources and changes no other. */
    private static CscResource parse(String path) {
        return CscPath.parse(path, true);
    }

    @Test
    void readsResourcesWithoutParameters() {
        assertThat(parse(ROOT + "/init")).isEqualTo(new CscResource.Init());
        assertThat(parse(ROOT + "/keyprov")).isEqualTo(new CscResource.KeyProv(Optional.empty(), Optional.empty()));
        assertThat(parse(ROOT + "/certcache")).isEqualTo(new CscResource.CertCache(OptionalLong.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "sip:alice@example.org, sip:alice@example.org",
        "sip%3Aalice%40example.org, sip:alice@example.org",
        "sip%3aalice%40example.org, sip:alice@example.org",
        "sip%3Aalice@example.org, sip:alice@example.org",
        "%73%69%70:alice@example.org, sip:alice@example.org",
        "sip:Alice@example.org, sip:Alice@example.org",
        "sip:alice%3Bgr=1@example.org, sip:alice;gr=1@example.org",
        "https:%2F%2Fexample.org%2Fgroups%2F1, https://example.org/groups/1",
        "https%3a%2f%2fexample.org%2fgroups%2f1%3Fa, https://example.org/groups/1?a",
        "tel:+4930123456, tel:+4930123456",
        "sip:a..b@example.org, sip:a..b@example.org",
        "sip:a+b@example.org, sip:a+b@example.org",
    })
    void decodesTheUriOnce(String segment, String uri) {
        assertThat(parse(ROOT + "/keyprov/" + segment))
                .isEqualTo(new CscResource.KeyProv(Optional.of(uri), Optional.empty()));
    }

    /** spec value: D6B4323200000000 is 2014-02-23T08:39:14Z. */
    @ParameterizedTest
    @ValueSource(strings = {"D6B4323200000000", "d6b4323200000000", "D6b4323200000000"})
    void readsATimeInEitherCase(String time) {
        CscResource.KeyProv keyProv = (CscResource.KeyProv) parse(ROOT + "/keyprov/" + ALICE + "/" + time);
        assertThat(keyProv.uri()).contains(ALICE);
        assertThat(keyProv.time().orElseThrow().toInstant()).isEqualTo(Instant.parse("2014-02-23T08:39:14Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "kms.partner.example, kms.partner.example",
        "kms.partner.example:8443, kms.partner.example:8443",
        "kms.partner.example%3A8443, kms.partner.example:8443",
        "https:%2F%2Fkms.partner.example, https://kms.partner.example",
        "https%3a%2f%2fkms.partner.example%2fa, https://kms.partner.example/a",
        "sip:kms@partner.example, sip:kms@partner.example",
        "KMS.partner.example, KMS.partner.example"
    })
    void readsTheUriOfAKms(String segment, String uri) {
        assertThat(parse(ROOT + "/cert/" + segment)).isEqualTo(new CscResource.Cert(uri));
        assertThat(CscPath.parse(ROOT + "/cert/" + segment, false)).isEqualTo(new CscResource.Cert(uri));
    }

    @Test
    void readsTheResourcesOfDiscoveryWhereItIsOn() {
        assertThat(parse(ROOT + "/lookup/sip%3Aalice%40example.org")).isEqualTo(new CscResource.Lookup(ALICE));
        assertThat(parse(ROOT + "/redirect")).isEqualTo(new CscResource.Redirect());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lookup/sip:alice@example.org", "/lookup", "/lookup/x/y", "/redirect", "/redirect/x"})
    void withoutDiscoveryThereAreNoSuchResources(String path) {
        assertThatThrownBy(() -> CscPath.parse(ROOT + path, false))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(NOT_FOUND));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 999_999_999_999_999_999L})
    void readsACacheNumber(long number) {
        assertThat(parse(ROOT + "/certcache/" + number)).isEqualTo(new CscResource.CertCache(OptionalLong.of(number)));
    }

    static Stream<Arguments> unknown() {
        return Stream.of(
                        "/",
                        "/keymanagement",
                        "/keymanagement/identity/v1",
                        "/keymanagement/identity/v2/init",
                        "/KeyManagement/identity/v1/init",
                        "/keymanagement/identity%2Fv1/init",
                        ROOT + "/Init",
                        ROOT + "/%69nit",
                        ROOT + "/init/more",
                        ROOT + "/redirect/more",
                        "/container-error",
                        "/WEB-INF/web.xml")
                .map(path -> arguments(path, NOT_FOUND));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                        "/keyprov/",
                        "/init/",
                        "//init",
                        "/keyprov//D6B4323200000000",
                        "/keyprov/" + ALICE + "/",
                        "/keyprov/" + ALICE + "/D6B4323200000000/x",
                        "/keyprov/" + ALICE + "/D6B432320000000",
                        "/keyprov/" + ALICE + "/D6B43232000000000",
                        "/keyprov/" + ALICE + "/D6B432320000000G",
                        "/keyprov/" + ALICE + "/0xD6B43232000000",
                        "/keyprov/" + ALICE + "/%446B4323200000000",
                        "/keyprov/" + ALICE + "/-6B4323200000000",
                        "/keyprov/D6B4323200000000",
                        "/keyprov/alice",
                        "/keyprov/alice@example.org",
                        "/keyprov/sip:",
                        "/keyprov/" + ALICE + ";x=1",
                        "/keyprov;x=1/" + ALICE,
                        "/init;jsessionid=1",
                        "/keyprov/../init",
                        "/keyprov/./init",
                        "/keyprov/%2e%2e/init",
                        "/keyprov/%2E./init",
                        "/keyprov/..",
                        "/keyprov/https:%2F%2Fexample.org%2F..%2Fx",
                        "/keyprov/https://example.org/groups/1",
                        "/keyprov/sip%253Aalice%2540example.org",
                        "/keyprov/sip:al%25ice@example.org",
                        "/keyprov/sip:al%2561ice@example.org",
                        "/keyprov/sip:al%252561ice@example.org",
                        "/keyprov/sip:alice%2520b@example.org",
                        "/keyprov/sip:alice%2500@example.org",
                        "/keyprov/sip:alice%00@example.org",
                        "/keyprov/sip:alice%0D%0AX:y@example.org",
                        "/keyprov/sip:alice%20b@example.org",
                        "/keyprov/sip:alice%22@example.org",
                        "/keyprov/sip:alice%5Cb@example.org",
                        "/keyprov/sip:alice\\b@example.org",
                        "/keyprov/sip:alice b@example.org",
                        "/keyprov/sip:alice\u0000@example.org",
                        "/keyprov/sip:\u00e4lice@example.org",
                        "/keyprov/sip:%C3%A4lice@example.org",
                        "/keyprov/sip:%C0%AFalice@example.org",
                        "/keyprov/sip:%E4lice@example.org",
                        "/keyprov/sip:%ED%A0%80@example.org",
                        "/keyprov/sip:alice%@example.org",
                        "/keyprov/sip:alice%4",
                        "/keyprov/sip:alice%",
                        "/keyprov/sip:alice%4Gexample.org",
                        "/keyprov/sip:alice%u0040example.org",
                        "/certcache/",
                        "/certcache/-1",
                        "/certcache/+1",
                        "/certcache/01",
                        "/certcache/1.0",
                        "/certcache/%31",
                        "/certcache/1/2",
                        "/certcache/9999999999999999999",
                        "/cert",
                        "/cert/",
                        "/cert/a/b",
                        "/cert/https://kms.partner.example",
                        "/cert/kms%2525.example",
                        "/cert/kms%25.example",
                        "/cert/kms%00.example",
                        "/cert/kms%20example",
                        "/cert/k%C3%A4ms.example",
                        "/cert/..%2Finit",
                        "/cert/https:%2F%2Fa%2F..%2Fb",
                        "/cert/" + "a".repeat(513),
                        "/lookup",
                        "/lookup/",
                        "/lookup/alice",
                        "/lookup/" + ALICE + "/more",
                        "/lookup/sip%253Aalice%2540example.org",
                        "/redirect/")
                .map(path -> arguments(ROOT + path, MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @MethodSource({"unknown", "malformed"})
    void refuses(String path, KmsErrorCode code) {
        assertThatThrownBy(() -> parse(path)).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void takesALongIdentityAndRefusesATooLongPath() {
        String longest = "sip:" + "a".repeat(512 - 16) + "@example.org";
        assertThat(parse(ROOT + "/keyprov/" + longest))
                .isEqualTo(new CscResource.KeyProv(Optional.of(longest), Optional.empty()));
        assertThatThrownBy(() -> parse(ROOT + "/keyprov/sip:a" + longest.substring(4)))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(MALFORMED_REQUEST));
        String encoded =
                longest.chars().mapToObj(c -> String.format("%%%02X", c)).collect(Collectors.joining());
        assertThat(parse(ROOT + "/keyprov/" + encoded + "/D6B4323200000000"))
                .isInstanceOfSatisfying(CscResource.KeyProv.class, keyProv -> assertThat(keyProv.uri())
                        .contains(longest));
        String padding = "a".repeat(1792 - ROOT.length() - "/keyprov/".length());
        assertThatThrownBy(() -> parse(ROOT + "/keyprov/" + padding))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(MALFORMED_REQUEST));
        assertThatThrownBy(() -> parse(ROOT + "/keyprov/" + padding + "a"))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(URI_TOO_LONG));
    }
}
