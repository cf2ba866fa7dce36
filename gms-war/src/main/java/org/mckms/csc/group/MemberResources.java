package org.mckms.csc.group;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mckms.gms.application.CallbackRegistration;
import org.mckms.gms.application.DocumentRequest;
import org.mckms.gms.application.MemberDocuments;
import org.mckms.gms.application.MemberKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.GroupDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.McService;

/** The use case behind each resource of members, but for the event stream. */
record MemberResources(MemberDocuments documents, CallbackRegistration callbacks) {

    private static final String URI_LIST = "text/uri-list; charset=UTF-8";

    GroupAnswer answer(GroupCall call, MemberResource resource) {
        if (resource instanceof MemberResource.Keys keys) {
            return keys(call, keys.groupUri());
        }
        if (resource instanceof MemberResource.Document document) {
            call.query();
            byte[] octets = GroupDocumentCodec.write(documents.groupDocument(call.caller(), document.groupUri()));
            return new GroupAnswer(
                    HttpServletResponse.SC_OK,
                    Map.of(),
                    GroupDocumentCodec.MEDIA_TYPE + "; charset=UTF-8",
                    Octets.copyOf(octets));
        }
        if (resource instanceof MemberResource.Acknowledgements) {
            documents.acknowledge(call.caller(), KeyAcknowledgementCodec.read(call.xml()));
            return GroupAnswer.empty(HttpServletResponse.SC_NO_CONTENT);
        }
        return callback(call);
    }

    private GroupAnswer keys(GroupCall call, Optional<String> groupUri) {
        McService service = call.query("service")
                .text("service")
                .map(MemberResources::service)
                .orElse(McService.MCPTT);
        Optional<String> known = call.knownTag();
        Optional<MemberKeys> fresh = documents.documentOf(call.caller(), new DocumentRequest(service, groupUri, known));
        Map<String, String> headers = new HashMap<>();
        groupUri.ifPresent(uri -> headers.put("Group-URI", uri));
        headers.put(
                "ETag", "\"" + fresh.map(MemberKeys::version).or(() -> known).orElseThrow() + "\"");
        return fresh.map(keys -> GroupAnswer.xml(GktpDocumentCodec.write(keys.document())))
                .orElse(GroupAnswer.empty(HttpServletResponse.SC_NOT_MODIFIED))
                .with(headers);
    }

    private static McService service(String name) {
        return Arrays.stream(McService.values())
                .filter(service -> service.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new KmsException(MALFORMED_REQUEST, "service must be mcptt or mcvideo"));
    }

    private GroupAnswer callback(GroupCall call) {
        if (call.is("PUT")) {
            callbacks.register(call.caller(), call.uri());
            return GroupAnswer.empty(HttpServletResponse.SC_NO_CONTENT);
        }
        call.query();
        if (call.is("DELETE")) {
            callbacks.remove(call.caller());
            return GroupAnswer.empty(HttpServletResponse.SC_NO_CONTENT);
        }
        String address = callbacks
                .addressOf(call.caller())
                .orElseThrow(() -> new KmsException(NOT_FOUND, "the caller has no address for notifications"));
        return new GroupAnswer(
                HttpServletResponse.SC_OK,
                Map.of(),
                URI_LIST,
                Octets.copyOf((address + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }
}
