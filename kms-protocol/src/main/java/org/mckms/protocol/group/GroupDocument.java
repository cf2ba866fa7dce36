package org.mckms.protocol.group;

import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * A group document (TS 24.481 clause 7.2) as far as it is needed to know a group: its URI, its name and its members.
 *
 * @param groupUri URI of the group, 1 to 2048 characters
 * @param displayName name for people, at most 1024 characters
 * @param memberUris MC service IDs of the members, at most {@link #MAX_MEMBERS}
 * @throws InvalidValueException if a value is outside its limits
 */
public record GroupDocument(String groupUri, Optional<String> displayName, List<String> memberUris) {
    /** Members of one group. */
    public static final int MAX_MEMBERS = 20_000;

    public GroupDocument {
        Checked.uri(groupUri, "group");
        displayName.ifPresent(name -> Checked.text(name, "display name"));
        memberUris = List.copyOf(memberUris);
        if (memberUris.size() > MAX_MEMBERS) {
            throw new InvalidValueException(
                    "a group document has " + memberUris.size() + " members, at most " + MAX_MEMBERS + " are accepted");
        }
        memberUris.forEach(uri -> Checked.uri(uri, "member"));
    }
}
