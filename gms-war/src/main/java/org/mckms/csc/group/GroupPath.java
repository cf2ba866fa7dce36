package org.mckms.csc.group;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.URI_TOO_LONG;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mckms.csc.RawPath;
import org.mckms.csc.group.ManagerResource.JobOrder;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsException;

/**
 * Reads the raw path of a request for group management, as it came over the wire, exactly once; see {@link RawPath}. The
 * names of resources are compared as sent. Only a segment that is a URI is percent-decoded, once.
 */
final class GroupPath {

    /** Where the resources lie. */
    static final String ROOT = "/groupmanagement/v1";

    /** Longest raw path with its query, in octets. */
    static final int MAX_OCTETS = 2048;

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final Pattern REGROUP_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private GroupPath() {}

    /**
     * Reads a path.
     *
     * @param rawPath path of the request target, not decoded, without query
     * @param query   of the request target; null if there is none
     * @throws KmsException URI_TOO_LONG, NOT_FOUND for a resource that does not exist, MALFORMED_REQUEST for one that does
     *     with a part that is wrong
     */
    static GroupResource parse(String rawPath, String query) {
        if (rawPath.length() + (query == null ? 0 : query.length() + 1) > MAX_OCTETS) {
            throw new KmsException(URI_TOO_LONG, "the path and its query are longer than " + MAX_OCTETS + " octets");
        }
        if (!covers(rawPath)) {
            throw unknown();
        }
        List<String> segments = RawPath.segmentsBelow(ROOT, rawPath);
        List<String> parameters = segments.subList(1, segments.size());
        return switch (segments.get(0)) {
            case "groups" -> groups(parameters);
            case "jobs" -> jobs(parameters);
            case "regroups" -> regroups(parameters);
            case "gktps" -> keys(parameters);
            case "acknowledgements" -> alone(parameters, new MemberResource.Acknowledgements());
            case "callback" -> alone(parameters, new MemberResource.Callback());
            case "events" -> alone(parameters, new MemberResource.Events());
            default -> throw unknown();
        };
    }

    /** Whether a raw path is one of group management, good or bad. */
    static boolean covers(String rawPath) {
        return rawPath.startsWith(ROOT + "/");
    }

    private static GroupResource groups(List<String> parameters) {
        if (parameters.isEmpty()) {
            return new ManagerResource.Groups();
        }
        String group = RawPath.identity(parameters.get(0));
        List<String> rest = parameters.subList(1, parameters.size());
        if (rest.isEmpty()) {
            return new ManagerResource.OneGroup(group);
        }
        return switch (rest.get(0)) {
            case "members" -> members(group, rest);
            case "rekey" -> alone(rest.subList(1, rest.size()), new ManagerResource.Rekey(group));
            case "schedule" -> alone(rest.subList(1, rest.size()), new ManagerResource.Schedule(group));
            case "document" -> alone(rest.subList(1, rest.size()), new MemberResource.Document(group));
            case "keys" -> key(group, rest);
            default -> throw unknown();
        };
    }

    private static GroupResource members(String group, List<String> rest) {
        return switch (rest.size()) {
            case 1 -> new ManagerResource.Members(group);
            case 2 -> new ManagerResource.OneMember(group, RawPath.identity(rest.get(1)));
            default -> throw unknown();
        };
    }

    private static GroupResource key(String group, List<String> rest) {
        if (rest.size() != 3 || !rest.get(2).equals("revoke")) {
            throw unknown();
        }
        if (!KEY_ID.matcher(rest.get(1)).matches()) {
            throw malformed("the key identifier is not 8 hex digits");
        }
        return new ManagerResource.Revocation(group, KeyIdentifier.of(Octets.fromHex(rest.get(1))));
    }

    private static GroupResource jobs(List<String> parameters) {
        if (parameters.isEmpty() || parameters.size() > 2) {
            throw unknown();
        }
        if (!UUID_FORM.matcher(parameters.get(0)).matches()) {
            throw malformed("the name of a job is a UUID in lower case");
        }
        UUID id = UUID.fromString(parameters.get(0));
        if (parameters.size() == 1) {
            return new ManagerResource.OneJob(id);
        }
        return switch (parameters.get(1)) {
            case "pause", "resume", "cancel" ->
                new JobOrder(id, JobOrder.Act.valueOf(parameters.get(1).toUpperCase(Locale.ROOT)));
            default -> throw unknown();
        };
    }

    /** The names of the resources for partners are no names of regroups; the latter are made by this server. */
    private static GroupResource regroups(List<String> parameters) {
        if (parameters.isEmpty()) {
            return new ManagerResource.Regroups();
        }
        if (parameters.size() == 2 && parameters.get(1).equals("rekey")) {
            return new ManagerResource.RegroupRekey(regroupId(parameters.get(0)));
        }
        if (parameters.size() > 1) {
            throw unknown();
        }
        return switch (parameters.get(0)) {
            case "notifications" -> PartnerResource.NOTIFICATIONS;
            case "acknowledgements" -> PartnerResource.ACKNOWLEDGEMENTS;
            case "rekey-requests" -> PartnerResource.REKEY_REQUESTS;
            case "teardowns" -> PartnerResource.TEARDOWNS;
            default -> new ManagerResource.OneRegroup(regroupId(parameters.get(0)));
        };
    }

    private static String regroupId(String id) {
        if (!REGROUP_ID.matcher(id).matches()) {
            throw malformed("the name of a regroup is 1 to 64 letters, digits and hyphens");
        }
        return id;
    }

    private static GroupResource keys(List<String> parameters) {
        if (parameters.size() > 1) {
            throw malformed("gktps takes one URI of a group; a '/' inside it is sent as %2F");
        }
        return new MemberResource.Keys(parameters.stream().findFirst().map(RawPath::identity));
    }

    private static GroupResource alone(List<String> parameters, GroupResource resource) {
        if (!parameters.isEmpty()) {
            throw unknown();
        }
        return resource;
    }

    private static KmsException unknown() {
        return new KmsException(NOT_FOUND, "there is no such resource");
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
