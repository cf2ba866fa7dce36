package org.mckms.csc.group;

import java.util.List;
import java.util.Optional;

/** What members use, in XML. URIs are decoded once. */
sealed interface MemberResource extends GroupResource {

    /** {@code gktps[/{groupUri}]}. */
    record Keys(Optional<String> groupUri) implements MemberResource {
        @Override
        public List<String> methods() {
            return List.of("GET");
        }
    }

    /** {@code groups/{uri}/document}. */
    record Document(String groupUri) implements MemberResource {
        @Override
        public List<String> methods() {
            return List.of("GET");
        }
    }

    /** {@code acknowledgements}. */
    record Acknowledgements() implements MemberResource {
        @Override
        public List<String> methods() {
            return List.of("POST");
        }
    }

    /** {@code callback}. */
    record Callback() implements MemberResource {
        @Override
        public List<String> methods() {
            return List.of("GET", "PUT", "DELETE");
        }
    }

    /** {@code events}. */
    record Events() implements MemberResource {
        @Override
        public List<String> methods() {
            return List.of("GET");
        }
    }
}
