package org.mckms.csc.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.URI_TOO_LONG;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CekPathTest {

    private static final String ROOT = "/keymanagement/cek/v1";
    private static final String ALICE = "sip:alice@example.org";

    /** The one of the sample in the vectors, {@code xNfvv6CINwQHpy03iLoyQA==}. */
    private static final String KEY_ID = "C4D7EFBFA088370407A72D3788BA3240";

    static Stream<Arguments> named() {
        return Stream.of(
                arguments("/list", new CekResource.Pull(), "POST"),
                arguments("/acknowledgements", new CekResource.Acknowledgements(), "POST"),
                arguments("/ends", new CekResource.Ends(), "POST"),
                arguments("/events", new CekResource.Events(), "GET"),
                arguments("/" + ALICE, new CekResource.Current(ALICE), "POST"),
                arguments("/" + ALICE + "/renew", new CekResource.Renewal(ALICE), "POST"),
                arguments("/" + KEY_ID, new CekResource.OneKey(Octets.fromHex(KEY_ID)), "DELETE"),
                arguments(
                        "/" + KEY_ID.toLowerCase(Locale.ROOT),
                        new CekResource.OneKey(Octets.fromHex(KEY_ID)),
                        "DELETE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("named")
    void readsResources(String path, CekResource resource, String method) {
        assertThat(CekPath.parse(ROOT + path)).isEqualTo(resource);
        assertThat(resource.method()).isEqualTo(method);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:alice@example.org, sip:alice@example.org",
        "sip%3Aalice%40example.org, sip:alice@example.org",
        "sip%3aalice%40example.org, sip:alice@example.org",
        "sip:Alice@example.org, sip:Alice@example.org",
        "sip:alice%3Bgr=1@example.org, sip:alice;gr=1@example.org",
        "https:%2F%2Fexample.org%2Fusers%2F1, https://example.org/users/1",
        "list:x@example.org, list:x@example.org",
        "events%3Ax, events:x"
    })
    void decodesTheUriOnce(String segment, String uri) {
        assertThat(CekPath.parse(ROOT + "/" + segment)).isEqualTo(new CekResource.Current(uri));
        assertThat(CekPath.parse(ROOT + "/" + segment + "/renew")).isEqualTo(new CekResource.Renewal(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/keymanagement",
                ROOT,
                "/keymanagement/cek/v2/list",
                "/keymanagement/Cek/v1/list",
                "/keymanagement/cek%2Fv1/list",
                "/keymanagement/identity/v1/list",
                ROOT + "/list/more",
                ROOT + "/events/" + ALICE,
                ROOT + "/ends/" + KEY_ID,
                ROOT + "/" + KEY_ID + "/renew"
            })
    void knowsNoOthers(String path) {
        refuses(path, NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//list",
                "/list/",
                "/List",
                "/%6Cist",
                "/list;x=1",
                "/alice",
                "/alice@example.org",
                "/sip:",
                "/" + ALICE + "/",
                "/" + ALICE + "/Renew",
                "/" + ALICE + "/%72enew",
                "/" + ALICE + "/renew/more",
                "/" + ALICE + "/renew/",
                "/" + ALICE + "/" + KEY_ID,
                "/" + ALICE + ";x=1",
                "/" + ALICE + ";x=1/renew",
                "/https://example.org/users/1",
                "/C4D7EFBFA088370407A72D3788BA324",
                "/C4D7EFBFA088370407A72D3788BA324000",
                "/C4D7EFBFA088370407A72D3788BA324G",
                "/0xD7EFBFA088370407A72D3788BA3240",
                "/%434D7EFBFA088370407A72D3788BA3240",
                "/..",
                "/../identity/v1/init",
                "/%2e%2e/identity",
                "/./list",
                "/sip%253Aalice%2540example.org",
                "/sip:al%2561ice@example.org",
                "/sip:alice%00@example.org",
                "/sip:alice%0D%0AX:y@example.org",
                "/sip:alice%20b@example.org",
                "/sip:alice\\b@example.org",
                "/sip:alice b@example.org",
                "/sip:%C3%A4lice@example.org",
                "/sip:%C0%AFalice@example.org",
                "/sip:alice%@example.org",
                "/sip:alice%4"
            })
    void refusesWhatCanBeReadInTwoWays(String path) {
        refuses(ROOT + path, MALFORMED_REQUEST);
    }

    private static void refuses(String path, KmsErrorCode code) {
        assertThatThrownBy(() -> CekPath.parse(path))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void takesALongIdentityAndRefusesATooLongPath() {
        String longest = "sip:" + "a".repeat(512 - 16) + "@example.org";
        String encoded =
                longest.chars().mapToObj(c -> String.format("%%%02X", c)).collect(Collectors.joining());
        assertThat(CekPath.parse(ROOT + "/" + encoded + "/renew")).isEqualTo(new CekResource.Renewal(longest));
        refuses(ROOT + "/sip:a" + longest.substring(4), MALFORMED_REQUEST);
        String padding = "a".repeat(1792 - ROOT.length() - 1);
        refuses(ROOT + "/" + padding, MALFORMED_REQUEST);
        refuses(ROOT + "/" + padding + "a", URI_TOO_LONG);
    }
}
