package org.mckms.csc.cek;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.METHOD_NOT_ALLOWED;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mckms.csc.Admission;
import org.mckms.csc.CscAnswers;
import org.mckms.csc.CscExchange;
import org.mckms.csc.RequestBody;
import org.mckms.csc.WorkLimit;
import org.mckms.csc.events.EventStreams;
import org.mckms.csc.events.News;
import org.mckms.kms.application.BlockedIdentities;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.application.cek.CekRequest;
import org.mckms.kms.application.cek.ContentKeys;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.cek.CekNotice;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsException;

/**
 * The resources of content encryption keys. They have a limit of their own for requests at work: a request may wait for a
 * server to acknowledge, and no request for anything else waits behind it.
 */
public class CekServlet extends HttpServlet {

    @Inject
    private transient ContentKeys keys;

    @Inject
    private transient RefusalAudit audit;

    @Inject
    private transient KmsSettings settings;

    @Inject
    private transient RevokedTokens revoked;

    @Inject
    private transient BlockedIdentities blocked;

    @Inject
    private transient Clock clock;

    @Resource
    private transient ManagedScheduledExecutorService scheduler;

    private transient boolean served;
    private transient CscExchange exchange;
    private transient EventStreams streams;
    private transient ScheduledFuture<?> ticking;

    /** For the container, which injects the rest. */
    public CekServlet() {
        // nothing before init
    }

    CekServlet(ContentKeys keys, CscExchange exchange, EventStreams streams) {
        this.served = true;
        this.keys = keys;
        this.exchange = exchange;
        this.streams = streams;
    }

    @Override
    public void init() {
        served = settings.cek().isPresent();
        exchange = new CscExchange(
                settings.site(),
                new CscAnswers(CekProtection.FACE, settings.site(), audit, clock),
                WorkLimit.standard(),
                new RequestBody(System::nanoTime));
        streams = new EventStreams(clock, revoked::isRevoked, blocked::among, users -> news(keys.notices(users)));
        if (served) {
            ticking = scheduler.scheduleWithFixedDelay(streams::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public void destroy() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        streams.closeAll();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Admission admission = Admission.of(request, Admission.KEY_MANAGEMENT);
        exchange.serve(request, response, admission.caller(), () -> work(request, response, admission));
    }

    private CscExchange.Work work(HttpServletRequest request, HttpServletResponse response, Admission admission) {
        CekResource resource = resource(request);
        AuthenticatedIdentity caller = admission.caller();
        if (resource instanceof CekResource.Events) {
            return form -> streams.answer(request, response, admission);
        }
        if (resource instanceof CekResource.OneKey one) {
            return exchange.order(request, response, () -> keys.endOne(caller, one.keyId()));
        }
        return exchange.message(request, response, useCase(resource, caller));
    }

    private CekResource resource(HttpServletRequest request) {
        if (!served) {
            throw new KmsException(NOT_FOUND, "there are no content encryption keys here");
        }
        CekResource resource = CekPath.parse(request.getRequestURI());
        if (!request.getMethod().equals(resource.method())) {
            throw new KmsException(METHOD_NOT_ALLOWED, "the resource takes " + resource.method() + " only");
        }
        if (request.getQueryString() != null) {
            throw new KmsException(MALFORMED_REQUEST, "no resource takes a query");
        }
        return resource;
    }

    private CscExchange.UseCase useCase(CekResource resource, AuthenticatedIdentity caller) {
        if (resource instanceof CekResource.Current current) {
            return (body, url, form) ->
                    keys.current(caller, new CekRequest(Optional.of(current.userUri()), body, url), form);
        }
        if (resource instanceof CekResource.Renewal renewal) {
            return (body, url, form) ->
                    keys.renew(caller, new CekRequest(Optional.of(renewal.userUri()), body, url), form);
        }
        if (resource instanceof CekResource.Pull) {
            return (body, url, form) -> keys.list(caller, new CekRequest(Optional.empty(), body, url), form);
        }
        if (resource instanceof CekResource.Acknowledgements) {
            return (body, url, form) -> keys.acknowledge(caller, new CekRequest(Optional.empty(), body, url), form);
        }
        return (body, url, form) -> keys.end(caller, new CekRequest(Optional.empty(), body, url), form);
    }

    /** Where keys stand, as event streams tell it. */
    static List<News> news(Collection<CekNotice> notices) {
        return notices.stream().map(CekServlet::news).toList();
    }

    private static News news(CekNotice notice) {
        JsonObject data = Json.createObjectBuilder()
                .add("user", notice.userUri())
                .add("keyId", notice.keyId().toHex())
                .add("revision", notice.revision())
                .add("status", word(notice.state()))
                .build();
        return new News(notice.userUri(), "cek", data, "");
    }

    private static String word(CekState state) {
        return (state == CekState.ENDED ? CekStatus.REVOKED.name() : state.name()).toLowerCase(Locale.ROOT);
    }
}
