package org.mckms.gms.application;

import java.util.List;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.protocol.group.McService;

/**
 * A group to be made.
 *
 * @param name    for people; may be empty
 * @param members each once; may be empty
 */
public record GroupOrder(String uri, String name, McService service, KeyPlan plan, List<MemberOrder> members) {

    public GroupOrder {
        members = List.copyOf(members);
    }
}
