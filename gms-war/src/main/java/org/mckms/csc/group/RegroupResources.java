package org.mckms.csc.group;

import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.mckms.gms.application.regroup.PartnerCaller;
import org.mckms.gms.application.regroup.PartnerRegroups;
import org.mckms.gms.application.regroup.RegroupView;
import org.mckms.gms.application.regroup.Regroups;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.RegroupAcknowledgementCodec;
import org.mckms.protocol.group.RegroupNotificationCodec;
import org.mckms.protocol.group.RegroupRekeyRequestCodec;
import org.mckms.protocol.group.RegroupTeardownCodec;
import org.mckms.protocol.json.JsonBody;

/** The use case behind each resource of temporary groups over systems, for managers and for the GMSs of partners. */
record RegroupResources(Regroups regroups, PartnerRegroups partners) {

    GroupAnswer answer(GroupCall call, ManagerResource resource) {
        if (resource instanceof ManagerResource.Regroups) {
            return call.is("POST") ? start(call) : list(call);
        }
        if (resource instanceof ManagerResource.OneRegroup one) {
            call.query();
            return GroupAnswer.json(GroupViews.of(
                    call.is("DELETE")
                            ? regroups.tearDown(call.caller(), one.id())
                            : regroups.show(call.caller(), one.id())));
        }
        if (resource instanceof ManagerResource.RegroupRekey rekey) {
            try (JsonBody body = call.json("activation")) {
                return GroupAnswer.json(
                        HttpServletResponse.SC_ACCEPTED,
                        GroupViews.of(regroups.rekey(call.caller(), rekey.id(), GroupInput.time(body, "activation"))));
            }
        }
        throw new KmsException(KmsErrorCode.NOT_FOUND, "there is no such resource");
    }

    private GroupAnswer start(GroupCall call) {
        try (JsonBody body = call.json(GroupInput.REGROUP)) {
            RegroupView started = regroups.start(call.caller(), GroupInput.regroup(body));
            return GroupAnswer.json(HttpServletResponse.SC_CREATED, GroupViews.of(started))
                    .with(Map.of("Location", GroupPath.ROOT + "/regroups/" + started.id()));
        }
    }

    private GroupAnswer list(GroupCall call) {
        int limit = call.query("limit").limit();
        return GroupAnswer.json(GroupViews.page(
                "regroups",
                regroups.list(call.caller(), Optional.empty(), limit),
                limit,
                GroupViews::of,
                last -> JsonValue.NULL));
    }

    /** What a partner's GMS posts; a success has no content. */
    GroupAnswer answer(GroupCall call, PartnerResource resource) {
        PartnerCaller caller = new PartnerCaller(
                call.caller().uris().iterator().next(), call.caller().source());
        switch (resource) {
            case NOTIFICATIONS -> partners.notified(caller, RegroupNotificationCodec.read(call.xml()));
            case ACKNOWLEDGEMENTS -> partners.acknowledged(caller, RegroupAcknowledgementCodec.read(call.xml()));
            case REKEY_REQUESTS -> partners.rekeyWanted(caller, RegroupRekeyRequestCodec.read(call.xml()));
            case TEARDOWNS -> partners.ended(caller, RegroupTeardownCodec.read(call.xml()));
            default -> throw new KmsException(KmsErrorCode.NOT_FOUND, "there is no such resource");
        }
        return GroupAnswer.empty(HttpServletResponse.SC_NO_CONTENT);
    }
}
