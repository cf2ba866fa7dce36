package org.mckms.csc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.csc.FakeExchange;
import org.mckms.gms.application.CallbackRegistration;
import org.mckms.gms.application.DocumentRequest;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.application.MemberDocuments;
import org.mckms.gms.application.MemberKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.GroupDocument;
import org.mckms.protocol.group.GroupDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;

class MemberResourcesTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final String GROUP = "sip:group-7@example.org";
    private static final GktpDocument KEYS = new GktpDocument(
            McService.MCPTT,
            Optional.of(KeyTransports.of(List.of(new Gktp(ALICE, Octets.fromHex("011A0501"))))),
            Optional.empty());

    private final List<Object> asked = new ArrayList<>();
    private final FakeExchange exchange = new FakeExchange();

    private final MemberResources resources = new MemberResources(
            new MemberDocuments() {
                @Override
                public Optional<MemberKeys> documentOf(GroupCaller caller, DocumentRequest request) {
                    asked.add(request);
                    return request.known().filter("v3"::equals).isPresent()
                            ? Optional.empty()
                            : Optional.of(new MemberKeys(KEYS, "v3"));
                }

                @Override
                public GroupDocument groupDocument(GroupCaller caller, String groupUri) {
                    return new GroupDocument(groupUri, Optional.of("Fire 7"), List.of(ALICE));
                }

                @Override
                public void acknowledge(GroupCaller caller, KeyAcknowledgement answer) {
                    asked.add(answer);
                }
            },
            new CallbackRegistration() {
                private String registered;

                @Override
                public void register(GroupCaller caller, String address) {
                    registered = address;
                }

                @Override
                public Optional<String> addressOf(GroupCaller caller) {
                    return Optional.ofNullable(registered);
                }

                @Override
                public void remove(GroupCaller caller) {
                    registered = null;
                }
            });

    private GroupAnswer send(String method, MemberResource resource) {
        exchange.method = method;
        return resources.answer(
                GroupCall.read(new GroupCaller(Set.of(ALICE), "192.0.2.1"), exchange.request()), resource);
    }

    @Test
    void servesTheKeysOfAGroup() {
        GroupAnswer answer = send("GET", new MemberResource.Keys(Optional.of(GROUP)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/xml; charset=UTF-8");
        assertThat(answer.headers()).containsEntry("ETag", "\"v3\"").containsEntry("Group-URI", GROUP);
        assertThat(GktpDocumentCodec.read(answer.octets())).isEqualTo(KEYS);
        assertThat(asked).containsExactly(new DocumentRequest(McService.MCPTT, Optional.of(GROUP), Optional.empty()));
    }

    @Test
    void servesTheKeysOfAllGroupsOfAService() {
        exchange.query = "service=mcvideo";
        GroupAnswer answer = send("GET", new MemberResource.Keys(Optional.empty()));
        assertThat(answer.headers()).containsEntry("ETag", "\"v3\"").doesNotContainKey("Group-URI");
        assertThat(asked).containsExactly(new DocumentRequest(McService.MCVIDEO, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service=mcdata", "service=", "service=MCPTT", "other=1"})
    void refusesOtherQueries(String query) {
        exchange.query = query;
        assertCode(KmsErrorCode.MALFORMED_REQUEST, "GET", new MemberResource.Keys(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"v3\"|304", "W/\"v3\"|304", " \"v3\" |304", "\"v2\"|200", "v3|200", "*|200"})
    void sendsNothingThatIsHeld(String tag, int status) {
        exchange.header("If-None-Match", tag);
        GroupAnswer answer = send("GET", new MemberResource.Keys(Optional.of(GROUP)));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("ETag", "\"v3\"");
        assertThat(answer.octets().length == 0).isEqualTo(status == 304);
    }

    @Test
    void servesTheGroupDocument() {
        GroupAnswer answer = send("GET", new MemberResource.Document(GROUP));
        assertThat(answer.mediaType()).startsWith("application/vnd.oma.poc.groups+xml");
        assertThat(GroupDocumentCodec.read(answer.octets()).memberUris()).containsExactly(ALICE);
    }

    @Test
    void takesAnAcknowledgement() {
        KeyAcknowledgement answer =
                new KeyAcknowledgement(GROUP, 3, ALICE, List.of(new KeyIdentifier(0x0A1B2C3D)), Optional.empty());
        exchange.body("application/xml", KeyAcknowledgementCodec.write(answer));
        assertThat(send("POST", new MemberResource.Acknowledgements()).status()).isEqualTo(204);
        assertThat(asked).containsExactly(answer);
    }

    @Test
    void refusesAnAcknowledgementThatIsNone() {
        exchange.body("application/xml", "<x/>".getBytes(StandardCharsets.US_ASCII));
        assertCode(KmsErrorCode.MALFORMED_REQUEST, "POST", new MemberResource.Acknowledgements());
        exchange.clear().body("application/json", "{}".getBytes(StandardCharsets.US_ASCII));
        assertCode(KmsErrorCode.UNSUPPORTED_MEDIA_TYPE, "POST", new MemberResource.Acknowledgements());
        assertThat(asked).isEmpty();
    }

    @Test
    void keepsACallback() {
        assertCode(KmsErrorCode.NOT_FOUND, "GET", new MemberResource.Callback());
        exchange.body("text/uri-list", "# mine\r\nhttps://a.example/x\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(send("PUT", new MemberResource.Callback()).status()).isEqualTo(204);
        exchange.clear().body("text/uri-list", new byte[0]);
        GroupAnswer answer = send("GET", new MemberResource.Callback());
        assertThat(answer.mediaType()).startsWith("text/uri-list");
        assertThat(new String(answer.octets(), StandardCharsets.US_ASCII)).isEqualTo("https://a.example/x\r\n");
        assertThat(send("DELETE", new MemberResource.Callback()).status()).isEqualTo(204);
        assertCode(KmsErrorCode.NOT_FOUND, "GET", new MemberResource.Callback());
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "\r\n", "https://a.example/ \r\n https://b.example/"})
    void aCallbackIsOneUri(String list) {
        exchange.body("text/uri-list", list.getBytes(StandardCharsets.US_ASCII));
        assertCode(KmsErrorCode.MALFORMED_REQUEST, "PUT", new MemberResource.Callback());
    }

    private void assertCode(KmsErrorCode code, String method, MemberResource resource) {
        assertThatThrownBy(() -> send(method, resource))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
