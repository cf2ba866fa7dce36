package org.mckms.csc.group;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.mckms.csc.group.ManagerResource.JobOrder;
import org.mckms.gms.application.GroupView;
import org.mckms.gms.application.Groups;
import org.mckms.gms.application.Memberships;
import org.mckms.gms.application.RekeyJobView;
import org.mckms.gms.application.RekeyJobs;
import org.mckms.protocol.json.JsonBody;

/** The use case behind each resource of those who make groups. */
record ManagerResources(Groups groups, Memberships memberships, RekeyJobs jobs, RegroupResources regroups) {

    GroupAnswer answer(GroupCall call, ManagerResource resource) {
        if (resource instanceof ManagerResource.Groups) {
            return call.is("POST") ? create(call) : list(call);
        }
        if (resource instanceof ManagerResource.OneGroup group) {
            return group(call, group.uri());
        }
        if (resource instanceof ManagerResource.Members members) {
            return call.is("POST") ? join(call, members.groupUri()) : members(call, members.groupUri());
        }
        if (resource instanceof ManagerResource.OneMember member) {
            return member(call, member);
        }
        if (resource instanceof ManagerResource.Rekey rekey) {
            return rekey(call, rekey.groupUri());
        }
        if (resource instanceof ManagerResource.Schedule schedule) {
            return schedule(call, schedule.groupUri());
        }
        if (resource instanceof ManagerResource.Revocation revocation) {
            call.json().close();
            return accepted(groups.revoke(call.caller(), revocation.groupUri(), revocation.keyId()));
        }
        if (resource instanceof ManagerResource.OneJob job) {
            call.query();
            return GroupAnswer.json(GroupViews.of(jobs.show(call.caller(), job.id())));
        }
        if (resource instanceof JobOrder order) {
            return order(call, order);
        }
        return regroups.answer(call, resource);
    }

    private GroupAnswer create(GroupCall call) {
        try (JsonBody body = call.json(GroupInput.GROUP)) {
            GroupView made = groups.create(call.caller(), GroupInput.group(body));
            return created(GroupViews.of(made), "groups", made.group().uri());
        }
    }

    private GroupAnswer list(GroupCall call) {
        GroupQuery query = call.query("after", "limit");
        return GroupAnswer.json(GroupViews.page(
                "groups",
                groups.page(call.caller(), query.text("after"), query.limit()),
                query.limit(),
                GroupViews::of,
                last -> Json.createValue(last.group().uri())));
    }

    private GroupAnswer group(GroupCall call, String uri) {
        call.query();
        return GroupAnswer.json(GroupViews.of(
                call.is("DELETE") ? groups.tearDown(call.caller(), uri) : groups.find(call.caller(), uri)));
    }

    private GroupAnswer members(GroupCall call, String groupUri) {
        GroupQuery query = call.query("after", "limit");
        return GroupAnswer.json(GroupViews.page(
                "members",
                memberships.page(call.caller(), groupUri, query.number("after").orElse(0), query.limit()),
                query.limit(),
                GroupViews::of,
                last -> Json.createValue(last.member().number())));
    }

    private GroupAnswer join(GroupCall call, String groupUri) {
        try (JsonBody body = call.json("members", "rekey")) {
            return accepted(
                    memberships.add(call.caller(), groupUri, GroupInput.members(body), GroupInput.yes(body, "rekey")));
        }
    }

    private GroupAnswer member(GroupCall call, ManagerResource.OneMember member) {
        call.query();
        return call.is("DELETE")
                ? accepted(memberships.remove(call.caller(), member.groupUri(), Set.of(member.memberUri())))
                : GroupAnswer.json(
                        GroupViews.of(memberships.find(call.caller(), member.groupUri(), member.memberUri())));
    }

    private GroupAnswer rekey(GroupCall call, String groupUri) {
        try (JsonBody body = call.json("activation")) {
            return accepted(groups.rekey(call.caller(), groupUri, GroupInput.time(body, "activation")));
        }
    }

    private GroupAnswer schedule(GroupCall call, String groupUri) {
        try (JsonBody body = call.json("rekeyEvery")) {
            return GroupAnswer.json(
                    GroupViews.of(groups.schedule(call.caller(), groupUri, GroupInput.duration(body, "rekeyEvery"))));
        }
    }

    private GroupAnswer order(GroupCall call, JobOrder order) {
        call.json().close();
        RekeyJobView job =
                switch (order.act()) {
                    case PAUSE -> jobs.pause(call.caller(), order.id());
                    case RESUME -> jobs.resume(call.caller(), order.id());
                    case CANCEL -> jobs.cancel(call.caller(), order.id());
                };
        return GroupAnswer.json(GroupViews.of(job));
    }

    private static GroupAnswer accepted(RekeyJobView job) {
        return GroupAnswer.json(HttpServletResponse.SC_ACCEPTED, GroupViews.of(job));
    }

    private static GroupAnswer created(JsonObject json, String resource, String name) {
        String location = GroupPath.ROOT + "/" + resource + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return GroupAnswer.json(HttpServletResponse.SC_CREATED, json).with(Map.of("Location", location));
    }
}
