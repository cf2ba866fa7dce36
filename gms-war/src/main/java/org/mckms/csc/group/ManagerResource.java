package org.mckms.csc.group;

import java.util.List;
import java.util.UUID;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/** What those who make groups use, in JSON. URIs are decoded once. */
sealed interface ManagerResource extends GroupResource {

    /** {@code groups}. */
    record Groups() implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("GET", "POST");
        }
    }

    /** {@code groups/{uri}}. */
    record OneGroup(String uri) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("GET", "DELETE");
        }
    }

    /** {@code groups/{uri}/members}. */
    record Members(String groupUri) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("GET", "POST");
        }
    }

    /** {@code groups/{uri}/members/{member}}. */
    record OneMember(String groupUri, String memberUri) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("GET", "DELETE");
        }
    }

    /** {@code groups/{uri}/rekey}. */
    record Rekey(String groupUri) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }
    }

    /** {@code groups/{uri}/schedule}. */
    record Schedule(String groupUri) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("PUT");
        }
    }

    /** {@code groups/{uri}/keys/{id}/revoke}. */
    record Revocation(String groupUri, KeyIdentifier keyId) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }
    }

    /** {@code jobs/{id}}. */
    record OneJob(UUID id) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("GET");
        }
    }

    /** {@code jobs/{id}/pause|resume|cancel}. */
    record JobOrder(UUID id, Act act) implements ManagerResource {

        /** What a job is told to do. */
        enum Act {
            PAUSE,
            RESUME,
            CANCEL
        }

        @Override
        public List<String> methods() {
            return List.of("POST");
        }
    }

    /** {@code regroups}. */
    record Regroups() implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("GET", "POST");
        }
    }

    /** {@code regroups/{id}}. */
    record OneRegroup(String id) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("GET", "DELETE");
        }
    }

    /** {@code regroups/{id}/rekey}. */
    record RegroupRekey(String id) implements ManagerResource {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }
    }
}
