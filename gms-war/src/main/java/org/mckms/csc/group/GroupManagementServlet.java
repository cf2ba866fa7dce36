package org.mckms.csc.group;

import static org.mckms.protocol.error.KmsErrorCode.METHOD_NOT_ALLOWED;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mckms.csc.Admission;
import org.mckms.csc.AnswerHead;
import org.mckms.csc.WorkLimit;
import org.mckms.csc.events.EventStreams;
import org.mckms.gms.application.CallbackRegistration;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.application.Groups;
import org.mckms.gms.application.KeyNews;
import org.mckms.gms.application.MemberDocuments;
import org.mckms.gms.application.Memberships;
import org.mckms.gms.application.RekeyJobs;
import org.mckms.gms.application.regroup.PartnerRegroups;
import org.mckms.gms.application.regroup.Regroups;
import org.mckms.kms.application.BlockedIdentities;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.error.KmsException;

/**
 * The resources of group management. Reads a request strictly, calls one use case, writes its answer; why it is a servlet is
 * in decision 0004.
 */
public class GroupManagementServlet extends HttpServlet {

    @Inject
    private transient Groups groups;

    @Inject
    private transient Memberships memberships;

    @Inject
    private transient RekeyJobs jobs;

    @Inject
    private transient MemberDocuments documents;

    @Inject
    private transient CallbackRegistration callbacks;

    @Inject
    private transient Regroups regroups;

    @Inject
    private transient PartnerRegroups partners;

    @Inject
    private transient KeyNews news;

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
    private transient GroupUseCases useCases;
    private transient GroupAnswers answers;
    private transient WorkLimit limit;
    private transient EventStreams streams;
    private transient ScheduledFuture<?> ticking;

    /** For the container, which injects the rest. */
    public GroupManagementServlet() {
        // nothing before init
    }

    GroupManagementServlet(GroupUseCases useCases, GroupAnswers answers, WorkLimit limit, EventStreams streams) {
        this.served = true;
        this.useCases = useCases;
        this.answers = answers;
        this.limit = limit;
        this.streams = streams;
    }

    @Override
    public void init() {
        served = settings.gms().isPresent();
        RegroupResources temporary = new RegroupResources(regroups, partners);
        ManagerResources managers = new ManagerResources(groups, memberships, jobs, temporary);
        MemberResources members = new MemberResources(documents, callbacks);
        useCases = new GroupUseCases(managers::answer, members::answer, temporary::answer);
        answers = new GroupAnswers(audit);
        limit = WorkLimit.standard();
        streams = new EventStreams(
                clock, revoked::isRevoked, blocked::among, uris -> GroupViews.news(news.pendingOf(uris)));
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
        if (!served) {
            AnswerHead.writeEmpty(request, response, HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Admission admission = Admission.of(request, GroupProtection.PURPOSE);
        if (request.getHeader("Expect") != null) {
            answers.expectationFailed(request, response, admission.caller());
            return;
        }
        List<String> methods = List.of();
        try {
            GroupResource resource = GroupPath.parse(request.getRequestURI(), request.getQueryString());
            checkSide(admission, resource);
            methods = resource.methods();
            if (!methods.contains(request.getMethod())) {
                throw new KmsException(METHOD_NOT_ALLOWED, "the resource takes " + methods);
            }
            serve(request, response, admission, resource);
        } catch (RuntimeException e) {
            answers.failed(request, response, admission.caller(), e, methods);
        }
    }

    /** The GMSs of partners see their own resources and nothing else, and nobody else sees those. */
    private static void checkSide(Admission admission, GroupResource resource) {
        boolean partner = admission.caller().kind() == ClientKind.PARTNER_GMS;
        if (partner != resource instanceof PartnerResource) {
            throw new KmsException(NOT_FOUND, "there is no such resource");
        }
    }

    private void serve(
            HttpServletRequest request, HttpServletResponse response, Admission admission, GroupResource resource)
            throws IOException {
        GroupCaller caller = new GroupCaller(
                Set.copyOf(admission.caller().ownedUris()), admission.caller().source());
        GroupCall call = GroupCall.read(caller, request);
        if (resource instanceof MemberResource.Events) {
            call.query();
            streams.answer(request, response, admission);
            return;
        }
        answers.send(response, limit.within(() -> useCases.answer(call, resource)));
    }
}
