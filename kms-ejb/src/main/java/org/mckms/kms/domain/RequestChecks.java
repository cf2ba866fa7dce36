package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;

/** The checks of a request body that need no signature (TS 33.180 annex D.2.2). */
public final class RequestChecks {

    private final String kmsUri;
    private final List<String> baseUrls;
    private final Duration timeWindow;

    /**
     * @param baseUrls   URLs under which clients reach this server; the first one completes answers
     * @param timeWindow greatest distance of Time from now, either way
     */
    public RequestChecks(String kmsUri, List<String> baseUrls, Duration timeWindow) {
        this.kmsUri = requireNonNull(kmsUri, "kmsUri");
        this.baseUrls = List.copyOf(baseUrls);
        this.timeWindow = requireNonNull(timeWindow, "timeWindow");
    }

    /**
     * Passes if there is no body, or one that fits caller, server, address and time.
     *
     * @param requestUrl base URL and path, or the path alone, as it came
     * @throws KmsException {@code FORBIDDEN_IDENTITY}, {@code KMS_URI_MISMATCH}, {@code CLIENT_REQ_URL_MISMATCH} or
     *     {@code STALE_TIME}
     */
    public void check(AuthenticatedIdentity caller, Optional<KmsRequest> body, String requestUrl, Instant now) {
        if (body.isEmpty()) {
            return;
        }
        KmsRequest request = body.get();
        caller.mayRequest(request.userUri());
        if (!withoutScheme(request.kmsUri()).equals(withoutScheme(kmsUri))) {
            throw new KmsException(KmsErrorCode.KMS_URI_MISMATCH, "KmsUri names another KMS");
        }
        RequestUrl claimed = RequestUrl.parse(request.clientReqUrl());
        String path = path(requestUrl);
        if (baseUrls.stream().noneMatch(base -> RequestUrl.parse(base + path).equals(claimed))) {
            throw new KmsException(
                    KmsErrorCode.CLIENT_REQ_URL_MISMATCH, "ClientReqUrl is not the address of this request");
        }
        if (Duration.between(request.time(), now).abs().compareTo(timeWindow) > 0) {
            throw new KmsException(
                    KmsErrorCode.STALE_TIME, "Time is more than " + timeWindow.toSeconds() + " s away from now");
        }
    }

    /**
     * Passes if a body speaks for the identity that the path names, or one of the two is absent.
     *
     * @throws KmsException {@code FORBIDDEN_IDENTITY}
     */
    public static void checkSameIdentity(Optional<KmsRequest> body, Optional<String> pathUri) {
        if (body.isPresent() && pathUri.isPresent() && !body.get().userUri().equals(pathUri.get())) {
            throw new KmsException(
                    KmsErrorCode.FORBIDDEN_IDENTITY, "UserUri of the body is not the identity in the path");
        }
    }

    /**
     * ClientReqUrl of the answer: that of the request, else the address of the request under the base URL it came under,
     * or under the primary one if it came as a path.
     */
    public String answeredUrl(Optional<KmsRequest> body, String requestUrl) {
        return body.map(KmsRequest::clientReqUrl)
                .orElseGet(() -> baseOf(requestUrl).orElse(baseUrls.get(0)) + path(requestUrl));
    }

    private String path(String requestUrl) {
        return baseOf(requestUrl)
                .map(base -> requestUrl.substring(base.length()))
                .orElseGet(() -> RequestUrl.rawPath(requestUrl));
    }

    private Optional<String> baseOf(String requestUrl) {
        return baseUrls.stream()
                .filter(base -> requestUrl.equals(base) || requestUrl.startsWith(base + "/"))
                .max(Comparator.comparingInt(String::length));
    }

    private static String withoutScheme(String uri) {
        int scheme = uri.indexOf("://");
        return scheme < 0 ? uri : uri.substring(scheme + 3);
    }
}
